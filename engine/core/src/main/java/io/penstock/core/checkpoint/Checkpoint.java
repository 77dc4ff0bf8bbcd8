package io.penstock.core.checkpoint;

import io.penstock.api.sink.Staged;
import io.penstock.api.source.Position;
import io.penstock.core.state.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a run knows at the end of an epoch: read so far, held so far, handed to the sinks
 * so far. That this file is there is the decision that the epoch counts.
 *
 * @param epoch counts decided epochs from 1
 * @param run the run's name, as in {@link Identity}
 * @param engine the version that wrote it
 * @param print what the pipeline was, in the form of whoever compares pipelines
 * @param mode {@link #CONTINUOUS} or {@link #MICRO_BATCH}
 * @param createdMicros wall time
 * @param ending how the run stood
 * @param slot the slot of the schedule that was done with it, wall time in microseconds
 * @param sources by step
 * @param stages the state of the steps, by step
 * @param sinks by step, the dead letters' among them
 * @param tables what the tables held, by name: their version in words
 * @param counts rows by step since the state was begun
 */
public record Checkpoint(
    long epoch,
    String run,
    String engine,
    byte[] print,
    String mode,
    long createdMicros,
    Ending ending,
    Optional<Long> slot,
    Map<String, SourceState> sources,
    Map<String, StageState> stages,
    Map<String, SinkState> sinks,
    Map<String, String> tables,
    Map<String, Counts> counts) {
  /** The mode of a run that cuts epochs by time. */
  public static final String CONTINUOUS = "continuous";

  /** The mode of a run whose epochs are planned batches. */
  public static final String MICRO_BATCH = "micro_batch";

  public Checkpoint {
    sources = Map.copyOf(sources);
    stages = Map.copyOf(stages);
    sinks = Map.copyOf(sinks);
    tables = Map.copyOf(tables);
    counts = Map.copyOf(counts);
  }

  /** The same with these times of stages. */
  Checkpoint timed(Map<String, List<PartitionTime>> times) {
    Map<String, StageState> timed = new HashMap<>(stages);
    times.forEach(
        (step, list) ->
            timed.computeIfPresent(
                step, (name, state) -> new StageState(state.segments(), state.finished(), list)));
    return with(sources, timed);
  }

  /** The same with these last reads of sources. */
  Checkpoint read(Map<String, List<LastRead>> reads) {
    Map<String, SourceState> read = new HashMap<>(sources);
    reads.forEach(
        (step, list) ->
            read.computeIfPresent(
                step, (name, state) -> new SourceState(state.splits(), state.ended(), list)));
    return with(read, stages);
  }

  private Checkpoint with(Map<String, SourceState> newSources, Map<String, StageState> newStages) {
    return new Checkpoint(
        epoch,
        run,
        engine,
        print,
        mode,
        createdMicros,
        ending,
        slot,
        newSources,
        newStages,
        sinks,
        tables,
        counts);
  }

  /** How the run stood when it was written. */
  public enum Ending {
    /** It went on. */
    GOES_ON,
    /** It was stopped cleanly: nothing was under way. */
    STOPPED,
    /** Every source was read to its end. */
    FINISHED
  }

  /**
   * How far a source is read.
   *
   * @param ended whether it has nothing more to give
   * @param reads when its partitions gave something last; of those whose silence matters
   */
  public record SourceState(List<SplitPosition> splits, boolean ended, List<LastRead> reads) {
    public SourceState {
      splits = List.copyOf(splits);
      reads = List.copyOf(reads);
    }

    /** A source whose silence matters to nobody. */
    public SourceState(List<SplitPosition> splits, boolean ended) {
      this(splits, ended, List.of());
    }
  }

  /**
   * When a partition gave something last.
   *
   * @param at wall time as batches have it, microseconds
   * @param told for how long it had been silent when the steps were last told, microseconds; 0
   *     where they were not
   */
  public record LastRead(String partition, long at, long told) {}

  /** How far a split is read. */
  public record SplitPosition(String split, Position position, boolean ended) {}

  /**
   * The state of one step.
   *
   * @param finished whether its inputs had ended and it had handed on its last rows
   * @param times how far time had come at the inputs of the step's task, which begins with it
   */
  public record StageState(List<Segment> segments, boolean finished, List<PartitionTime> times) {
    public StageState {
      segments = List.copyOf(segments);
      times = List.copyOf(times);
    }

    /** A step whose inputs know no time. */
    public StageState(List<Segment> segments, boolean finished) {
      this(segments, finished, List.of());
    }

    /** Whether there is nothing to keep. */
    public boolean isEmpty() {
      return segments.isEmpty() && times.isEmpty();
    }
  }

  /**
   * How far time has come in one partition of an input.
   *
   * @param port the number of the input
   * @param timer the step that gives the rows their time
   * @param source the source that the partition is of, or the step that made the rows
   * @param partition the partition; empty where there is one
   * @param watermark no further row has a time at or before it, microseconds
   * @param idle whether the partition no longer holds time back
   */
  public record PartitionTime(
      int port, String timer, String source, String partition, long watermark, boolean idle) {}

  /**
   * What a sink has still to do, and has done.
   *
   * @param staged what it makes visible now that the epoch is decided; a spool file among it
   * @param committed the last epoch before this one that gave it rows and was committed; 0 for none
   * @param mark what the outside looked like after that epoch
   */
  public record SinkState(String kind, List<Staged> staged, long committed, Staged mark) {
    public SinkState {
      staged = List.copyOf(staged);
    }
  }

  /** Rows of one step, as its report counts them. */
  public record Counts(
      long in, long out, long filtered, long failed, long skipped, long deadLettered) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts other) {
      return new Counts(
          in + other.in,
          out + other.out,
          filtered + other.filtered,
          failed + other.failed,
          skipped + other.skipped,
          deadLettered + other.deadLettered);
    }
  }
}
