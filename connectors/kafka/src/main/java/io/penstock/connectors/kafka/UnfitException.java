package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;

/** A row of which no record can be made that the brokers would take. */
final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  UnfitException(ProblemCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  ProblemCode code() {
    return code;
  }
}
