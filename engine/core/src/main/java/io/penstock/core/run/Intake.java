package io.penstock.core.run;

import io.penstock.core.operator.Unit;
import java.util.Set;

/**
 * What a reading task may do. Asked by the task on its thread, told by the pace of the run on the
 * supervisor's; so implementations are thread-safe.
 */
interface Intake {
  /** What a reading task may do next. */
  enum Say {
    /** Read on. */
    READ,
    /** Read nothing for now; barriers still pass. */
    HOLD,
    /** Nothing more is wanted: this is the end of the source. */
    END
  }

  /** What may be done now. */
  Say now();

  /** The partitions that are not read for now, because others have to come first. */
  default Set<String> ahead() {
    return Set.of();
  }

  /** The partitions but these have nothing more up to their bounds. */
  default void spent(Set<String> but) {}

  /** The reader has nothing more up to its bound, or is asked for nothing more. */
  default void exhausted() {}

  /** Something was read. */
  default void read(Unit unit) {}

  /** The reader has nothing more up to its bound. Whether that is the end of the source. */
  default boolean boundIsEnd() {
    return true;
  }
}
