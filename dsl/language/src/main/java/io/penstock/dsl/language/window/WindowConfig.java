package io.penstock.dsl.language.window;

import io.penstock.api.option.Config;
import io.penstock.api.option.ExpressionText;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.util.Optional;

/** A bound window of a pipeline file. */
public interface WindowConfig extends Config {
  /** Checks conditions over the rows that come in. */
  @FunctionalInterface
  interface Conditions {
    /** A condition; empty where it is wrong, which is reported. */
    Optional<Expression> checked(ExpressionText text);
  }

  /** How rows are put together; empty where a condition is wrong, which is reported. */
  Optional<Window> window(Conditions conditions);

  /** Whether the end of a window is known before its rows are. */
  default boolean endsAreKnown() {
    return true;
  }

  /** Whether rows say which of them are first or last, so that none can be late. */
  default boolean isByContent() {
    return false;
  }

  /** Where rows say so, the event time without a row after which a window is over. */
  default Optional<Duration> idle() {
    return Optional.empty();
  }
}
