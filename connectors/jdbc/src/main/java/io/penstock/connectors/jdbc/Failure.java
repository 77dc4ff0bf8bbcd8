package io.penstock.connectors.jdbc;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.ProblemFamily;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What databases and their drivers throw, as a problem that says what is wrong and what to do. */
record Failure(String step, Server server, ProblemCode code) {
  /**
   * The problem.
   *
   * @param doing what cannot be done: a whole clause
   */
  PipelineException of(String doing, SQLException thrown) {
    SQLException told = SqlState.told(thrown);
    String given = told.getSQLState() == null ? "" : told.getSQLState();
    String state = MariaDbErrors.state(told.getErrorCode(), given);
    String at = "at `" + server.address().shown() + "`";
    if (causedBy(thrown, UnknownHostException.class).isPresent()) {
      return problem(
          Outage.UNKNOWN_HOST,
          doing + ": nobody knows the host " + at,
          "check the host's name",
          thrown);
    }
    if (isOfTls(thrown)) {
      return problem(
          Outage.DISTRUST,
          doing
              + ": the server "
              + at
              + " and this side do not trust each other: "
              + distrust(thrown),
          "check `tls`: `ca`, the certificate, the host's name, and whether the server takes TLS",
          thrown);
    }
    if (causedBy(thrown, ConnectException.class).isPresent()) {
      return problem(
          Outage.REFUSED,
          doing + ": nobody answers " + at,
          "check host and port, and that the server runs",
          thrown);
    }
    if (MariaDbErrors.isUnhidden(told)) {
      return problem(
          Outage.LOGIN,
          doing
              + ": the server "
              + at
              + " wants a password that nobody can read on its way, and nothing hides that of "
              + server.who(),
          "set `tls`; or, where nobody can change what is on the way,"
              + " `properties: { allowPublicKeyRetrieval: true }`",
          thrown);
    }
    boolean none = told instanceof SQLTransientConnectionException && state.isEmpty();
    if (none || causedBy(thrown, SocketTimeoutException.class).isPresent()) {
      return problem(
          Outage.SILENT,
          doing + ": the server " + at + " gave no answer",
          "check that it can be reached; `timeout` is " + server.seconds() + " s",
          thrown);
    }
    return switch (state) {
      case "28P01", "28000" ->
          problem(
              Outage.LOGIN,
              doing + ": the server " + at + " refuses " + server.who() + ": " + text(told),
              "check `user` and `password` of `auth`",
              thrown);
      case "3D000", "90146", "90013" ->
          problem(
              Outage.MISSING,
              doing + ": there is no such database " + at,
              "check `database`",
              thrown);
      case "42501", "90040" ->
          problem(
              Outage.FORBIDDEN,
              doing + ": " + server.who() + " may not do this: " + text(told),
              "have its owner `GRANT` it",
              thrown);
      case "42P01", "42S02", "42S03", "42S04" ->
          problem(
              Outage.MISSING,
              doing + ": " + text(told),
              "make the table, or check its name",
              thrown);
      default -> problem(doing + ": " + text(told), "look at the database's log", thrown);
    };
  }

  /** Who asks lacks rights. */
  PipelineException forbidden(String doing, List<String> lacking) {
    ProblemCode told =
        code.family() == ProblemFamily.SOURCE
            ? Outage.FORBIDDEN.ofSource()
            : Outage.FORBIDDEN.ofSink();
    return problem(
        told,
        doing + ": " + server.who() + " lacks " + String.join(", ", lacking),
        "have its owner `GRANT` it");
  }

  /** A problem of another code. */
  PipelineException problem(ProblemCode other, String message, String hint) {
    return new PipelineException(Problem.of(other, Origin.file(step), message, hint));
  }

  private PipelineException problem(Outage outage, String message, String hint, Throwable cause) {
    boolean source = code.family() == ProblemFamily.SOURCE;
    ProblemCode told = source ? outage.ofSource() : outage.ofSink();
    return new PipelineException(Problem.of(told, Origin.file(step), message, hint), cause);
  }

  private PipelineException problem(String message, String hint, Throwable cause) {
    return new PipelineException(Problem.of(code, Origin.file(step), message, hint), cause);
  }

  // Told by what it says, since drivers find some of it by themselves.
  static boolean isOfTls(SQLException thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 8; depth++) {
      String text = at.getMessage();
      if (text != null
          && (text.contains("SSL")
              || text.contains("PKIX")
              || text.contains("certificate")
              || text.contains("could not be verified by hostnameverifier"))) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  // Drivers name the class of what they did not like.
  private static String distrust(SQLException thrown) {
    if (causedBy(thrown, CertificateExpiredException.class).isPresent()) {
      return "its certificate has expired";
    }
    if (causedBy(thrown, CertificateNotYetValidException.class).isPresent()) {
      return "its certificate is not valid yet";
    }
    if (causedBy(thrown, CertPathBuilderException.class).isPresent()) {
      return "its certificate is signed by nobody who is trusted here";
    }
    String text = text(thrown);
    return text.contains("hostname") ? "its certificate is of another host: " + text : text;
  }

  private static <T extends Throwable> Optional<T> causedBy(Throwable thrown, Class<T> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 8; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  /** What the database says, on one line and without the driver's own ornaments. */
  static String text(SQLException thrown) {
    String text = SqlState.told(thrown).getMessage();
    if (text == null || text.isBlank()) {
      return thrown.getClass().getSimpleName();
    }
    String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
    String plain = line.replaceFirst("^(ERROR: |\\(conn=\\d+\\) )", "");
    return plain.length() > 400 ? plain.substring(0, 400) + "..." : plain;
  }

  /** A word of the options. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
