package io.penstock.api.lookup;

import io.penstock.api.data.Schema;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.api.system.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the engine hands to a lookup.
 *
 * @param step the step's name
 * @param answer the fields of answers
 * @param files resolves paths under the root and the cage
 * @param limits how it may ask
 * @param abandoned whether nobody wants answers any more
 */
public record LookupContext(
    String step,
    Schema answer,
    Disk disk,
    Files files,
    Clock clock,
    Scheduler scheduler,
    Limits limits,
    BooleanSupplier abandoned) {
  /**
   * How a lookup may ask.
   *
   * @param inFlight how many requests may be under way at once
   * @param timeout how long an answer may take
   */
  public record Limits(int inFlight, Duration timeout) {}

  /** Whether nobody wants answers any more, since the run ends at once. */
  public boolean isAbandoned() {
    return abandoned.getAsBoolean();
  }
}
