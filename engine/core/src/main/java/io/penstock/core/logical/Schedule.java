package io.penstock.core.logical;

import java.time.Duration;
import java.time.ZoneId;

/** When the batches of a micro-batch run begin. */
public sealed interface Schedule {
  /** Once: up to the positions that are the ends at the start. */
  record AvailableNow() implements Schedule {}

  /** At each multiple of the period since 1970; a batch that overran starts the next at once. */
  record Every(Duration period) implements Schedule {}

  /**
   * At the times of a cron expression of five fields.
   *
   * @param at the expression as written
   */
  record Cron(String at, ZoneId zone, Misfire misfire, Overlap overlap) implements Schedule {}

  /** What happens to times that passed while nothing ran. */
  enum Misfire {
    RUN_ONCE,
    SKIP,
    RUN_ALL
  }

  /** What happens to a time that comes while a batch runs. */
  enum Overlap {
    FORBID,
    QUEUE
  }
}
