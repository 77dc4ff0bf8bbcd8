package io.penstock.connectors.protobuf;

import io.penstock.api.problem.ProblemCode;

/**
 * A message is not what its schema or the pipeline's says. Has no stack trace: it is about data.
 */
final class BadMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  BadMessage(ProblemCode code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  /** A value that is not of its type. */
  static BadMessage misfit(String path, String expected, Object value) {
    return new BadMessage(ProblemCode.D104, "`" + path + "` " + expected + ", not " + shown(value));
  }

  /** A value as messages show it. */
  static String shown(Object value) {
    String text =
        value
            .toString()
            .strip()
            .replace('\n', ' ')
            .replace('`', '\'')
            .replaceAll("\\p{Cntrl}", "?");
    return "`" + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + "`";
  }

  ProblemCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
