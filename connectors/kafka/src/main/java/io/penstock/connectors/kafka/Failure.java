package io.penstock.connectors.kafka;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.ProblemFamily;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's clients throw, as a problem that says what is wrong and what to do. */
record Failure(String step, Client client, ProblemCode code) {
  private static final int DEPTH = 12;

  /** The problem. */
  PipelineException of(String doing, Throwable thrown) {
    Throwable cause = thrown instanceof ExecutionException ? cause(thrown) : thrown;
    if (causedBy(cause, SslAuthenticationException.class).isPresent()) {
      return problem(
          code(Outage.DISTRUST),
          doing
              + ": the brokers at `"
              + client.shown()
              + "` and this side do not trust each other: "
              + innermost(cause),
          "check `tls`: `ca`, the certificate, and the host's name",
          cause);
    }
    if (causedBy(cause, LoginException.class).isPresent()) {
      return problem(
          code(Outage.LOGIN),
          doing + ": " + who() + " gets no token: " + innermost(cause),
          "check `token_url`, `client_id` and `client_secret` of `oauth`",
          cause);
    }
    if (causedBy(cause, AuthenticationException.class).isPresent()) {
      return problem(
          code(Outage.LOGIN),
          doing + ": the brokers at `" + client.shown() + "` refuse " + who(),
          "check `user`, `password` and `mechanism` of `auth`",
          cause);
    }
    if (causedBy(cause, AuthorizationException.class).isPresent()) {
      return problem(
          code(Outage.FORBIDDEN),
          doing + ": " + who() + " may not do this: " + text(cause),
          "have the brokers' rules allow it",
          cause);
    }
    if (causedBy(cause, UnknownTopicOrPartitionException.class).isPresent()
        || causedBy(cause, InvalidTopicException.class).isPresent()) {
      return problem(
          code(Outage.MISSING),
          doing + ": there is no such topic at `" + client.shown() + "`",
          "check the name, or make the topic",
          cause);
    }
    if (causedBy(cause, ConfigException.class).isPresent()) {
      return problem(code, doing + ": " + text(cause), "mend that setting of `properties`", cause);
    }
    if (causedBy(cause, TimeoutException.class).isPresent()) {
      return problem(
          code(Outage.SILENT),
          doing + ": the brokers at `" + client.shown() + "` gave no answer",
          "check `brokers`, and that they can be reached from here; `timeout` is "
              + client.timeout().toMillis()
              + " ms",
          cause);
    }
    return problem(code, doing + ": " + text(cause), "look at the brokers' logs", cause);
  }

  /** A broker that no connection comes about with. */
  Problem unreached(String broker, Outage outage) {
    String what =
        switch (outage) {
          case UNKNOWN_HOST -> "nobody knows the host of the broker `" + broker + "`";
          case REFUSED -> "nothing listens at the broker `" + broker + "`";
          default -> "the broker `" + broker + "` gives no answer";
        };
    return Problem.of(
        code(outage), Origin.file(step), what, "check `brokers`, and the network between");
  }

  /** Who asks is known and may not. */
  Problem forbidden(String doing) {
    return Problem.of(
        code(Outage.FORBIDDEN),
        Origin.file(step),
        doing + ": " + who() + " may not do this",
        "have the brokers' rules allow it");
  }

  private ProblemCode code(Outage outage) {
    return code.family() == ProblemFamily.SOURCE ? outage.ofSource() : outage.ofSink();
  }

  /** What is told where the thread is to end. */
  PipelineException interrupted(String doing, InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return of(doing, stopped);
  }

  /** A problem of another code. */
  PipelineException problem(ProblemCode other, String message, String hint) {
    return new PipelineException(Problem.of(other, Origin.file(step), message, hint));
  }

  private PipelineException problem(
      ProblemCode other, String message, String hint, Throwable cause) {
    return new PipelineException(Problem.of(other, Origin.file(step), message, hint), cause);
  }

  private String who() {
    return client.auth().map(Auth::shown).orElse("who gives no name");
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause == null ? thrown : cause;
  }

  /** Whether an exception, or what it came from, is of this type. */
  static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
    return causedBy(thrown, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> causedBy(Throwable thrown, Class<T> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  /** What was wrong first, on one line. */
  private static String innermost(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at.getCause() != null && depth < DEPTH; depth++) {
      at = at.getCause();
    }
    // Some of Kafka's messages go on, line by line, with where they came from.
    String line = text(at).lines().findFirst().orElse("");
    return line.replaceAll("^(?:[\\w.]+\\.[A-Z]\\w*(?:Exception|Error): )+", "");
  }

  private static String text(Throwable thrown) {
    String text = thrown.getMessage();
    return text == null || text.isBlank() ? thrown.getClass().getSimpleName() : text;
  }
}
