package io.penstock.core.expression.script;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a script works on for the row at hand. Single-threaded. */
final class Run {
  final Budget budget;
  final Input input;
  Variables variables = new Variables(0, null);
  Signal signal = Signal.NONE;
  @Nullable Object returned;

  Run(Budget budget, Input input) {
    this.budget = budget;
    this.input = input;
  }

  /** How a statement has ended. */
  enum Signal {
    NONE,
    BREAK,
    CONTINUE,
    RETURN
  }

  /** The row that comes in, and where rows go. */
  interface Input {
    /** The value of a name that the script reads. */
    @Nullable Object read(int index);

    /** The row as a record that the script may change. */
    Map<String, @Nullable Object> row();

    /** Passes a row on. */
    void emit(Map<?, ?> row);

    /** Calls a function of the language. */
    @Nullable Object call(CallSite site, @Nullable Object[] arguments);
  }
}
