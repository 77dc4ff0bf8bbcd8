package io.penstock.core.expression.function;

import org.jspecify.annotations.Nullable;

/**
 * A lambda given to a function. Call it only while the function runs, on its thread. An exception
 * that it throws is to be let through.
 */
@FunctionalInterface
public interface Lambda {
  /** The value of the lambda's expression for these arguments, in their boxed form. */
  @Nullable Object apply(@Nullable Object first, @Nullable Object second);

  /** Of a lambda with one parameter. */
  default @Nullable Object apply(@Nullable Object argument) {
    return apply(argument, null);
  }

  /** Of a condition: null is not true. */
  default boolean test(@Nullable Object argument) {
    return Boolean.TRUE.equals(apply(argument, null));
  }
}
