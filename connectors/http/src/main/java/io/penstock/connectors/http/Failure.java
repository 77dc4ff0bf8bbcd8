package io.penstock.connectors.http;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What can go wrong on the way to a server, as a problem that says what it is. */
record Failure(String step, ProblemCode code, Duration timeout) {
  private static final int DEPTH = 12;

  /** Why there was no answer, in words that follow the server's address. */
  String why(IOException broken) {
    if (has(broken, SSLException.class)) {
      return trust(broken);
    }
    if (has(broken, HttpTimeoutException.class)) {
      return "gave no answer within " + timeout.toMillis() + " ms";
    }
    if (has(broken, UnresolvedAddressException.class) || has(broken, UnknownHostException.class)) {
      return "has a host that nobody knows";
    }
    if (has(broken, ConnectException.class)) {
      return "cannot be reached: " + text(broken);
    }
    return "broke the connection: " + text(broken);
  }

  /** Whether another try cannot end otherwise. */
  boolean isFinal(IOException broken) {
    return has(broken, SSLHandshakeException.class)
        && !has(broken, java.io.EOFException.class)
        && (has(broken, CertPathBuilderException.class)
            || has(broken, CertPathValidatorException.class)
            || has(broken, java.security.cert.CertificateException.class)
            || String.valueOf(broken.getMessage()).contains("alert"));
  }

  private static String trust(IOException broken) {
    if (has(broken, CertificateExpiredException.class)) {
      return "has a certificate that has expired";
    }
    if (has(broken, CertificateNotYetValidException.class)) {
      return "has a certificate that is not valid yet";
    }
    if (has(broken, CertPathBuilderException.class)) {
      return "has a certificate of an authority that is not trusted";
    }
    return "and this side come to no understanding by TLS: " + text(broken);
  }

  /** What to do about it. */
  String hint(IOException broken) {
    return has(broken, SSLException.class)
        ? "check `tls`: `ca`, the certificate, and the host's name in the URL"
        : "check `url`, and that the server can be reached from here";
  }

  /** A problem. */
  PipelineException problem(String message, String hint) {
    return new PipelineException(Problem.of(code, Origin.file(step), message, hint));
  }

  /** A problem with what has led to it. */
  PipelineException problem(String message, String hint, Throwable cause) {
    return new PipelineException(Problem.of(code, Origin.file(step), message, hint), cause);
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static String text(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      String text = at.getMessage();
      if (text != null && !text.isBlank() && !text.startsWith("java.")) {
        return text;
      }
      at = at.getCause();
    }
    return "no reason was given";
  }
}
