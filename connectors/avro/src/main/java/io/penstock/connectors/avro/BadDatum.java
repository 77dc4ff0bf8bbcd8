package io.penstock.connectors.avro;

import io.penstock.api.problem.ProblemCode;

/** Bytes that cannot be taken. Has no stack trace, because it is about data. */
final class BadDatum extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String text;
  private final boolean cutOff;

  private BadDatum(ProblemCode code, String text, boolean cutOff) {
    super(text, null, false, false);
    this.code = code;
    this.text = text;
    this.cutOff = cutOff;
  }

  /**
   * Says what is wrong.
   *
   * @param code of family D1
   */
  BadDatum(ProblemCode code, String text) {
    this(code, text, false);
  }

  /** The bytes end within a value. */
  static BadDatum cutOff(String what) {
    return new BadDatum(ProblemCode.D101, what, true);
  }

  ProblemCode code() {
    return code;
  }

  String text() {
    return text;
  }

  /** Whether more bytes might have made it right. */
  boolean isCutOff() {
    return cutOff;
  }
}
