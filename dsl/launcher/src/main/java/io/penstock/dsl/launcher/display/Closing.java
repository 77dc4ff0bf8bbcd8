package io.penstock.dsl.launcher.display;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is said at the end of a run beside its report.
 *
 * @param peakMemory of the process, in bytes
 * @param promises what the run gave; those that need no words left out
 * @param state where its state is kept, as the user would write it
 */
public record Closing(OptionalLong peakMemory, List<Promise> promises, Optional<String> state) {
  public Closing {
    promises = List.copyOf(promises);
  }

  /** A run of which nothing else is to be said. */
  public static Closing of(OptionalLong peakMemory) {
    return new Closing(peakMemory, List.of(), Optional.empty());
  }
}
