package io.penstock.core.report;

import io.penstock.api.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run has done so far, or did.
 *
 * @param outcome empty while it runs
 * @param problem what made it fail
 * @param steps in the plan's order; dead letters last, under the name {@code dead_letter}
 * @param epochs how many epochs are decided
 * @param warnings odd things that the summary should say
 * @param degraded what keeps it from going on as it should, for now
 * @param tables those that are read again while it goes on
 * @param state what it keeps, where it keeps any
 */
public record RunReport(
    String pipeline,
    Optional<Outcome> outcome,
    Optional<Problem> problem,
    List<StepReport> steps,
    Duration elapsed,
    long epochs,
    List<String> warnings,
    Optional<String> degraded,
    List<TableReport> tables,
    Optional<StateReport> state) {
  public RunReport {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
    tables = List.copyOf(tables);
  }

  /**
   * A table that is read again while a run goes on.
   *
   * @param rows of the version that the last decided epoch has seen; before the first, of that
   *     which was read at the start
   * @param readAt when reading that version was begun
   * @param refreshes how often it was read again
   * @param failures how often that has failed
   */
  public record TableReport(
      String table, long rows, Instant readAt, long refreshes, long failures) {}

  /**
   * The kept state.
   *
   * @param folder where it lies
   * @param resumed the epoch that the run went on from; 0 where it began
   * @param epoch the last decided epoch
   */
  public record StateReport(String folder, long resumed, long epoch) {}

  /** How a run ended. */
  public enum Outcome {
    /** All sources were read to their end. */
    FINISHED,
    /** A limit of the request ({@code --until}) was reached. */
    LIMIT_REACHED,
    /** It was told to stop, and did so cleanly. */
    STOPPED,
    /** It was told to stop at once. */
    ABORTED,
    FAILED
  }

  /**
   * One step.
   *
   * @param kind {@code source}, {@code transform}, {@code sink}, {@code table}, {@code dead_letter}
   * @param in rows that came in; a source's: records read, the bad ones among them
   * @param out rows that left by any output but {@code failed}
   * @param filtered rows left out on purpose (filter, distinct, limit, missing: drop)
   * @param failed rows that went to {@code failed}
   * @param skipped rows that failed and were skipped
   * @param deadLettered rows that failed and went to the dead letters
   * @param bytes read or written, where known
   * @param totalBytes how much there is to read, where known
   * @param passedOver bytes or records that a source has read once more and passed over, because it
   *     cannot begin at a position
   * @param held what it holds in memory over batches
   * @param outputs rows by output, for steps with several; {@code unread} outputs among them
   * @param reasons the first failures
   * @param location where the output lies, empty if nowhere
   */
  public record StepReport(
      String step,
      String kind,
      long in,
      long out,
      long filtered,
      long failed,
      long skipped,
      long deadLettered,
      OptionalLong bytes,
      OptionalLong totalBytes,
      long passedOver,
      Held held,
      List<OutputCount> outputs,
      List<Reason> reasons,
      String location) {
    public StepReport {
      outputs = List.copyOf(outputs);
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Bytes of memory.
   *
   * @param most the most that there were so far
   */
  public record Held(long now, long most) {
    public static final Held NOTHING = new Held(0, 0);
  }

  /** Rows by one output; nobody reads it: they are counted only. */
  public record OutputCount(String output, long rows, boolean read) {}

  /** A kind of failure: the problem of the first one, and how many there were. */
  public record Reason(Problem first, long count) {}
}
