package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.core.logical.EventTime;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Follows the greatest time of rows that come in the order of their source partition. In a task
 * that is dealt units it knows the unit at hand only; whoever gets the units in order knows the
 * rest. Single-threaded.
 */
public final class TimeTracker {
  /** The watermark before any row: nothing is known. */
  public static final long NOTHING = Long.MIN_VALUE;

  private final EventTime settings;
  private final long delay;
  private final boolean moves;
  private long greatest = NOTHING;

  TimeTracker(EventTime settings) {
    this.settings = settings;
    this.moves = settings.outOfOrder().isPresent();
    this.delay = micros(settings.outOfOrder().orElse(Duration.ZERO));
  }

  /** A length in microseconds; one past what fits is the greatest. */
  public static long micros(Duration duration) {
    try {
      return Math.addExact(
          Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** How the rows get their time. */
  public EventTime settings() {
    return settings;
  }

  /** The watermark before each of these rows, and takes their times in. */
  Column.Longs stamps(Column.Longs times) {
    int size = times.size();
    long[] stamps = new long[size];
    long[] values = times.values();
    long most = greatest;
    for (int row = 0; row < size; row++) {
      stamps[row] = watermark(most);
      most = Math.max(most, values[row]);
    }
    greatest = most;
    return new Column.Longs(size, stamps, null);
  }

  /**
   * Whether it matters that a partition has given nothing for so long.
   *
   * @param quietMicros zero: the partition shows itself
   */
  public boolean isConcerned(long quietMicros) {
    return quietMicros == 0
        || settings.idleAfter().filter(after -> micros(after) <= quietMicros).isPresent();
  }

  /** The greatest time so far. */
  long greatest() {
    return greatest;
  }

  /** Time has come so far without a row. */
  void reached(long micros) {
    greatest = Math.max(greatest, micros);
  }

  private long watermark(long most) {
    return most <= NOTHING + 1 + delay || !moves ? NOTHING : most - delay - 1;
  }

  /** Rows with the watermark that their partition had before them, now that more is known of it. */
  public static Batch raised(Batch rows, long known) {
    if (known == NOTHING) {
      return rows;
    }
    RowMarks marks = rows.marks();
    long[] stamps = marks.stamps().orElseThrow().values();
    long[] raised = new long[rows.size()];
    for (int row = 0; row < raised.length; row++) {
      raised[row] = Math.max(stamps[row], known);
    }
    return rows.with(marks.withStamps(new Column.Longs(raised.length, raised, null)));
  }

  /** What holds after the rows so far. */
  public long watermark() {
    return watermark(greatest);
  }

  /** What holds after the rows of the unit at hand, if anything; the next unit begins. */
  public OptionalLong take() {
    long reached = watermark();
    greatest = NOTHING;
    return reached == NOTHING ? OptionalLong.empty() : OptionalLong.of(reached);
  }
}
