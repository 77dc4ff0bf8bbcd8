package io.penstock.core.expression.script;

import io.penstock.api.problem.ProblemCode;

/** What Java code asks for cannot be done; its stack trace tells the line that asked. */
final class CodeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  CodeFailure(ProblemCode code, String message) {
    super(message);
    this.code = code;
  }

  ProblemCode code() {
    return code;
  }
}
