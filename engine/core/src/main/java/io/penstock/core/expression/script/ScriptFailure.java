package io.penstock.core.expression.script;

import io.penstock.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** A script cannot go on for the row at hand. Has no stack trace, because it is about data. */
final class ScriptFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private transient @Nullable Place place;

  ScriptFailure(ProblemCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static ScriptFailure kind(String message) {
    return new ScriptFailure(ProblemCode.D204, message);
  }

  static ScriptFailure limit(String message) {
    return new ScriptFailure(ProblemCode.D230, message);
  }

  ProblemCode code() {
    return code;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** The same failure at a place; the innermost counts. */
  ScriptFailure at(Place where) {
    if (place == null) {
      place = where;
    }
    return this;
  }

  @Nullable Place place() {
    return place;
  }
}
