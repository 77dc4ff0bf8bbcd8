package io.penstock.connectors.parquet;

import io.penstock.api.problem.ProblemCode;

/** A file, or a part of one, that cannot be taken. Has no stack trace, because it is about data. */
final class BadFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String text;

  /**
   * Says what is wrong.
   *
   * @param code of family D1
   */
  BadFile(ProblemCode code, String text) {
    super(text, null, false, false);
    this.code = code;
    this.text = text;
  }

  ProblemCode code() {
    return code;
  }

  String text() {
    return text;
  }
}
