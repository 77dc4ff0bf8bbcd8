package io.penstock.dsl.language.syntax;

/** A limit is passed or a second document begins: reading ends, the problem is reported. */
final class LimitPassed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LimitPassed() {
    super("limit passed", null, false, false);
  }
}
