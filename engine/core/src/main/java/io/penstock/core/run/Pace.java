package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LogicalNode;
import java.util.List;

/**
 * When a run cuts epochs, and when it is over though its sources are not. Used by the supervisor;
 * the intakes that it gives are asked by the reading tasks.
 */
interface Pace {
  /** What the reading task of a source may do. */
  Intake intake(LogicalNode source);

  /** The time at which rows count as read. */
  Clock readingClock();

  /** What watches for how long the partitions of a source have given nothing. */
  default Silence silence(OpenSource source, List<EventTime> times) {
    return new QuietTimes(source::partition, times, readingClock());
  }

  /** Called again and again while the tasks work. */
  void look();

  /** When it has something to do though nothing happens, in nanoseconds from now. */
  default long due() {
    return Long.MAX_VALUE;
  }

  /** Whether the run is over though tasks could go on: everything that counts is decided. */
  boolean isOver();

  /** Whether the sources end for good when the run is told to stop. */
  boolean stopIsEnd();

  /** What a run does at the end of an epoch. */
  @FunctionalInterface
  interface Commit {
    void run(Checkpoint.Ending ending);
  }
}
