package io.penstock.connectors.standard.log;

import io.penstock.api.problem.ProblemCode;

/** A record is not what its format or the schema says. Has no stack trace: it is about data. */
final class BadRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  BadRecord(ProblemCode code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  /** One whose text is not of the format. */
  static BadRecord malformed(String text) {
    return new BadRecord(ProblemCode.D101, text);
  }

  ProblemCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
