package io.penstock.core.compile;

/**
 * A computed value in generated code.
 *
 * @param code an expression without effects; of a decimal, the unscaled number at its type's scale
 * @param isNull an expression without effects; where it holds, the value is of no meaning
 */
record Value(Kind kind, String code, String isNull) {
  static final String NEVER = "false";
  static final String ALWAYS = "true";

  static Value of(Kind kind, String code) {
    return new Value(kind, code, NEVER);
  }

  static Value nothing(Kind kind) {
    return new Value(kind, kind.nothing(), ALWAYS);
  }

  boolean mayBeNull() {
    return !isNull.equals(NEVER);
  }

  /** The condition under which a truth value is true. */
  String holds() {
    if (isNull.equals(ALWAYS)) {
      return NEVER;
    }
    return mayBeNull() ? "(" + code + " & !" + isNull + ")" : code;
  }

  /** One of two conditions. */
  static String either(String one, String other) {
    if (one.equals(ALWAYS) || other.equals(ALWAYS)) {
      return ALWAYS;
    }
    if (one.equals(NEVER)) {
      return other;
    }
    return other.equals(NEVER) || one.equals(other) ? one : "(" + one + " | " + other + ")";
  }

  /** The opposite of a condition. */
  static String not(String condition) {
    if (condition.equals(ALWAYS)) {
      return NEVER;
    }
    return condition.equals(NEVER) ? ALWAYS : "!" + condition;
  }

  /** Whether a condition is no question, so that no {@code if} may ask it. */
  static boolean isSettled(String condition) {
    return condition.equals(ALWAYS) || condition.equals(NEVER);
  }
}
