package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;

/** A row of which no record can be made that the brokers would take. */
final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String message;

  UnfitException(ProblemCode code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
  }

  ProblemCode code() {
    return code;
  }

  String message() {
    return message;
  }
}
