package io.penstock.core.expression;

import io.penstock.api.problem.ProblemCode;

/**
 * A value cannot be computed for a row. Has no stack trace, because it is about data, not about
 * code.
 */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  public EvaluationException(ProblemCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }

  /** What is wrong with which value. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
