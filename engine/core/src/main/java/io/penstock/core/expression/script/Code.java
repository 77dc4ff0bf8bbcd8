package io.penstock.core.expression.script;

import org.jspecify.annotations.Nullable;

/** A statement or an expression, ready to run. Immutable. */
@FunctionalInterface
interface Code {
  /** The value; of a statement, null. */
  @Nullable Object run(Run run);
}
