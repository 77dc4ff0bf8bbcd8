package io.penstock.dsl.language.bind;

import io.penstock.api.option.DataSize;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.dsl.language.schedule.ScheduleConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The run block. */
public record RunOptions(
    @Option("How it is run; left out: to the end, or continuously where a source has none.")
        Optional<Placed<Mode>> mode,
    @Option("The time between two checkpoints of a continuous run.")
        Optional<Placed<Duration>> checkpoint,
    @Option("The guarantee that every path must reach; left out: the strongest that each can give.")
        Optional<Placed<Delivery>> delivery,
    @Option("When batches are run; makes the mode `micro_batch`.")
        Optional<Placed<ScheduleConfig>> schedule,
    @Option("The size of a batch.") Optional<BatchOptions> batch) {
  /** How a pipeline is run. */
  public enum Mode {
    CONTINUOUS,
    MICRO_BATCH
  }

  /** The size of a batch. */
  public record BatchOptions(
      @Option(value = "Rows of a batch, at most.", least = 1) OptionalLong maxRows,
      @Option("Bytes of a batch, at most.") Optional<DataSize> maxBytes) {}

  /** A run block of which nothing is written. */
  public static RunOptions none() {
    return new RunOptions(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
