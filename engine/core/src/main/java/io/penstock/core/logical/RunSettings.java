package io.penstock.core.logical;

import io.penstock.api.option.DataSize;
import io.penstock.api.option.Share;
import java.time.Duration;
import java.util.Optional;

/**
 * The run block, defaults filled in.
 *
 * @param mode empty: bounded sources run to their end, unbounded ones continuously
 * @param checkpoint between two epochs of a continuous run
 * @param batchRows of a micro-batch, at most
 * @param stopRate of {@code stop_above}
 * @param stopOfLast of {@code stop_above}
 * @param schedule when batches are run; empty: everything that is available, once
 * @param delivery the guarantee that every path must reach; empty: whatever each can give
 * @param stated whether the file has a run block, and so wants its state kept
 */
public record RunSettings(
    Optional<Mode> mode,
    Duration checkpoint,
    long batchRows,
    DataSize batchBytes,
    Share stopRate,
    int stopOfLast,
    Optional<Schedule> schedule,
    Optional<Delivery> delivery,
    boolean stated) {
  /** How a pipeline is run. Only runners may ask. */
  public enum Mode {
    CONTINUOUS,
    MICRO_BATCH
  }

  /** The same, but run once and keeping no state: for tests of a pipeline. */
  public RunSettings once() {
    return new RunSettings(
        mode,
        checkpoint,
        batchRows,
        batchBytes,
        stopRate,
        stopOfLast,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public static RunSettings standard() {
    return new RunSettings(
        Optional.empty(),
        Duration.ofSeconds(1),
        100_000,
        DataSize.mebibytes(256),
        new Share(0.5),
        1000,
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
