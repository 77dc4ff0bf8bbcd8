package io.penstock.connectors.http;

import io.penstock.api.network.Distrust;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** What can go wrong on the way to a server, as a problem that says what it is. */
record Failure(String step, ProblemCode code, Duration timeout) {
  /** Why there was no answer, in words that follow the server's address. */
  String why(IOException broken) {
    if (Distrust.isOne(broken)) {
      return Distrust.reason(broken);
    }
    if (Distrust.isCausedBy(broken, HttpTimeoutException.class)) {
      return "gave no answer within " + timeout.toMillis() + " ms";
    }
    if (Distrust.isCausedBy(broken, UnresolvedAddressException.class)
        || Distrust.isCausedBy(broken, UnknownHostException.class)) {
      return "has a host that nobody knows";
    }
    if (Distrust.isCausedBy(broken, ConnectException.class)) {
      return "cannot be reached: " + Distrust.text(broken);
    }
    return "broke the connection: " + Distrust.text(broken);
  }

  /** What to do about it. */
  String hint(IOException broken) {
    return Distrust.isOne(broken)
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
}
