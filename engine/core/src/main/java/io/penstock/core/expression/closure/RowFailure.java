package io.penstock.core.expression.closure;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.typed.Typed;

/** A row's value cannot be computed; caught at the row, or by {@code try}. */
final class RowFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient Typed node;

  RowFailure(ProblemCode code, Typed node, String message) {
    super(message, null, false, false);
    this.code = code;
    this.node = node;
  }

  ProblemCode code() {
    return code;
  }

  Typed node() {
    return node;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
