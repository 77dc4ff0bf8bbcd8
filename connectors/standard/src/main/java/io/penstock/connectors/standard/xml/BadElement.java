package io.penstock.connectors.standard.xml;

import io.penstock.api.problem.ProblemCode;

/** A record that cannot be taken. Has no stack trace, because it is about data. */
final class BadElement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String text;

  /**
   * Says what is wrong.
   *
   * @param code of family D1
   */
  BadElement(ProblemCode code, String text) {
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
