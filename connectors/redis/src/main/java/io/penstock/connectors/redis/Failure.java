package io.penstock.connectors.redis;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.ProblemFamily;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** What the client throws, as a problem that says what is wrong and what to do. */
record Failure(String step, Way way, ProblemCode code) {
  /** The problem. */
  PipelineException of(String doing, Throwable cause) {
    String said = text(cause);
    if (isCausedBy(cause, SSLException.class)) {
      return problem(
          code(Outage.DISTRUST),
          doing + ": `" + way.server() + "` and this side do not trust each other",
          "check `tls`: `ca`, the certificate, and the host's name",
          cause);
    }
    if (said.startsWith("WRONGPASS") || said.startsWith("NOAUTH") || isNoPassword(said)) {
      return problem(
          code(Outage.LOGIN),
          doing + ": `" + way.server() + "` refuses " + who(),
          "check `user` and `password` of `auth`",
          cause);
    }
    if (said.startsWith("NOPERM")) {
      return problem(
          code(Outage.FORBIDDEN),
          doing + ": " + who() + " may not do this: " + said,
          "have the server's rules allow it",
          cause);
    }
    if (isCausedBy(cause, UnknownHostException.class)) {
      return problem(
          code(Outage.UNKNOWN_HOST),
          doing + ": nobody knows the host of `" + way.server() + "`",
          "check `server`",
          cause);
    }
    if (isCausedBy(cause, JedisConnectionException.class)) {
      return problem(
          code(Outage.SILENT),
          doing + ": `" + way.server() + "` gives no answer",
          "check `server`, and that it can be reached from here; `timeout` is "
              + way.timeout().toMillis()
              + " ms",
          cause);
    }
    return problem(code, doing + ": " + said, "look at the server's log", cause);
  }

  private static boolean isNoPassword(String said) {
    return said.startsWith("ERR AUTH") || said.contains("without any password configured");
  }

  /** A server that no connection comes about with. */
  Problem unreached(Outage outage) {
    String what =
        switch (outage) {
          case UNKNOWN_HOST -> "nobody knows the host of `" + way.server() + "`";
          case REFUSED -> "nothing listens at `" + way.server() + "`";
          default -> "`" + way.server() + "` gives no answer";
        };
    return Problem.of(
        code(outage), Origin.file(step), what, "check `server`, and the network between");
  }

  private ProblemCode code(Outage outage) {
    return code.family() == ProblemFamily.SOURCE ? outage.ofSource() : outage.ofSink();
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
    Optional<Auth> auth = way.auth();
    return auth.map(a -> "the user `" + a.user() + "`").orElse("who gives no name");
  }

  /** Whether it may be over soon: no answer, or a server that is not ready. */
  static boolean passes(JedisException thrown) {
    String said = text(thrown);
    return thrown instanceof JedisConnectionException
        || said.startsWith("LOADING")
        || said.startsWith("MASTERDOWN")
        || said.startsWith("BUSY ");
  }

  /** Whether an exception, or what it came from, is of this type. */
  static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 8; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static String text(Throwable thrown) {
    String text = thrown.getMessage();
    return text == null || text.isBlank() ? thrown.getClass().getSimpleName() : text;
  }
}
