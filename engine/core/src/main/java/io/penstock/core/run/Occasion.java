package io.penstock.core.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a run from a checkpoint is for.
 *
 * @param slot the slot of the schedule, wall time in microseconds; empty where there is none, or
 *     where what was begun is gone on with
 * @param begins whether sources that end are read anew, as at each slot
 * @param reads whether anything is read; else what was decided is made visible, no more
 */
record Occasion(Optional<Long> slot, boolean begins, boolean reads) {
  /** To go on where the run before stood. */
  static final Occasion NONE = new Occasion(Optional.empty(), false, true);

  /** To make visible what was decided; what comes next waits for its slot. */
  static final Occasion RECOVERY = new Occasion(Optional.empty(), false, false);

  /** A slot that begins. */
  static Occasion of(Instant slot) {
    return new Occasion(Optional.of(ChronoUnit.MICROS.between(Instant.EPOCH, slot)), true, true);
  }

  /** The same slot once something of it is decided. */
  Occasion begun() {
    return new Occasion(slot, false, true);
  }
}
