package io.penstock.core.expression.function;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;

/** What functions throw, each with its code. */
final class Failure {
  static final int MAX_TEXT_BYTES = 16 << 20;
  static final int MAX_ELEMENTS = 1_000_000;

  private static final int MAX_SHOWN = 80;

  private Failure() {}

  /** The text is not of the form that is read: {@code `x` is no whole number}. */
  static EvaluationException text(String text, String wanted) {
    return new EvaluationException(ProblemCode.D205, quoted(text) + " is no " + wanted);
  }

  /** The json value is of another kind. */
  static EvaluationException kind(Object value, String wanted) {
    return new EvaluationException(ProblemCode.D204, quoted(value.toString()) + " is no " + wanted);
  }

  /** The function has no result for the argument. */
  static EvaluationException domain(String message) {
    return new EvaluationException(ProblemCode.D206, message);
  }

  static EvaluationException pattern(String message) {
    return new EvaluationException(ProblemCode.D207, message);
  }

  static EvaluationException tooLarge(String number) {
    return new EvaluationException(
        ProblemCode.D201, quoted(number) + " does not fit a whole number of 64 bits");
  }

  static EvaluationException zeroDivisor() {
    return new EvaluationException(ProblemCode.D202, "Division by zero");
  }

  static EvaluationException longText() {
    return new EvaluationException(ProblemCode.D208, "the text would be larger than 16 MiB");
  }

  static EvaluationException longList() {
    return new EvaluationException(
        ProblemCode.D208, "the list would have more than 1,000,000 elements");
  }

  /** The result, unless it is larger than texts may be. */
  static String limited(String text) {
    // A char is at most three bytes, so that short texts need not be measured.
    if (text.length() > MAX_TEXT_BYTES / 3 && utf8Length(text) > MAX_TEXT_BYTES) {
      throw longText();
    }
    return text;
  }

  static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair stands for two of its four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /** A value as it stands in messages. */
  static String quoted(String text) {
    return "`" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...") + "`";
  }
}
