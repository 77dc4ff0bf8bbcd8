package io.penstock.dsl.language.transform;

import io.penstock.api.option.Config;
import io.penstock.api.option.Placed;
import java.util.Optional;

/** A bound transform of a pipeline file. */
public interface TransformConfig extends Config {
  /** The operation over the rows that come in; what is wrong goes to the context. */
  Planned plan(StepContext context);

  /** Another step, or one of its outputs, whose rows it reads beside its own input. */
  default Optional<Placed<String>> reads() {
    return Optional.empty();
  }

  /** Whether rows may be changes to a table, some of which take rows away. */
  default boolean takesChanges() {
    return false;
  }

  /** Whether it keeps rows by their time, and so has the output {@code late}. */
  default boolean keepsByTime() {
    return false;
  }

  /** Whether a row may be late for one window and not for another. */
  default boolean hasWindows() {
    return false;
  }
}
