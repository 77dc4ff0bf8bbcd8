package io.penstock.core.runner;

import io.penstock.core.report.RunReport;
import java.time.Duration;
import java.util.Optional;

/** A run under way. Thread-safe. */
public interface RunningPipeline {
  /** What it has done so far. */
  RunReport report();

  /** Stops cleanly: no more reading, what was read is finished and committed. */
  void stop();

  /** Stops at once; nothing more is committed. */
  void abort();

  /** Waits for the end, at most so long; the final report if it has ended. */
  Optional<RunReport> await(Duration atMost) throws InterruptedException;
}
