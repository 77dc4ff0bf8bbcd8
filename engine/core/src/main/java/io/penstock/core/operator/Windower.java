package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Puts rows into windows, and finds those that come too late for one. A window is missed when it
 * would be over, with its lateness, by the watermark that the row's own partition had before the
 * row. Used by one task.
 */
final class Windower implements Placing {
  private final StepContext context;
  private final Optional<WindowFinder> finder;
  private final long lateness;
  private final LateMaker maker;
  private final WindowList onTime = new WindowList();
  private final WindowList late = new WindowList();

  /**
   * What puts the rows of a step into windows.
   *
   * @param window neither a session nor one by content
   */
  Windower(Window window, Duration lateness, StepContext context) {
    this.context = context;
    this.finder =
        window instanceof Window.Same ? Optional.empty() : Optional.of(WindowFinder.of(window));
    this.lateness = TimeTracker.micros(lateness);
    this.maker = new LateMaker(true, context);
  }

  /** The last watermark at which a window is open, by its end: it is over once this is reached. */
  long over(long end) {
    return plus(end - 1, lateness);
  }

  /** The watermark of rows that come out of windows, once that of the step is this. */
  long handedOn(long reached) {
    boolean ends = reached == Long.MAX_VALUE || reached == TimeTracker.NOTHING;
    long before = ends ? reached : reached - lateness;
    return before > reached ? TimeTracker.NOTHING : before;
  }

  /** The sum; the greatest number where it is too large. */
  static long plus(long time, long length) {
    long sum = time + length;
    return length > 0 && sum < time ? Long.MAX_VALUE : sum;
  }

  @Override
  public Judged judged(Batch rows) {
    RowErrors errors = new RowErrors();
    int outside = place(rows, errors);
    return new Judged(windowed(rows), late.size() + outside > 0, !errors.isEmpty());
  }

  @Override
  public Optional<StoreShelf.Key> only(Batch rows) {
    if (!(finder.orElse(null) instanceof WindowFinder.One one) || rows.size() == 0) {
      return Optional.empty();
    }
    Span span = Span.of(rows);
    try {
      StoreShelf.Key window = one.at(span.least());
      boolean all = span.most() < window.end() && over(window.end()) > span.stamp();
      return all ? Optional.of(window) : Optional.empty();
    } catch (ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The rows that are on time, one for each window, with the window among their marks. Late ones
   * are handed on, one for each window missed; a row whose windows lie out of range fails.
   *
   * @param input the number of the input that they come from
   */
  Batch windowed(int input, Batch rows, Operator.Out out) {
    RowErrors errors = new RowErrors();
    context.counters().filtered(place(rows, errors));
    context.failures().rows(rows, errors, out);
    if (late.size() > 0) {
      Batch missed = rows.gather(late.rows(), late.size());
      maker.emit(input, missed, Optional.of(late.windows()), out);
    }
    return windowed(rows);
  }

  /** Finds the windows of rows; says how many are in none. */
  private int place(Batch rows, RowErrors errors) {
    onTime.clear();
    late.clear();
    if (finder.isPresent()) {
      return find(finder.get(), rows, errors);
    }
    carried(rows);
    return 0;
  }

  private Batch windowed(Batch rows) {
    boolean same = onTime.size() == rows.size();
    for (int i = 0; same && i < rows.size(); i++) {
      same = onTime.row(i) == i;
    }
    Batch taken = same ? rows : rows.gather(onTime.rows(), onTime.size());
    return taken.with(taken.marks().withWindows(onTime.windows()));
  }

  private int find(WindowFinder finds, Batch rows, RowErrors errors) {
    int outside = 0;
    long[] times = rows.times().orElseThrow().values();
    long[] stamps = stamps(rows);
    Taking taking = new Taking();
    for (int row = 0; row < rows.size(); row++) {
      int before = onTime.size();
      int missed = late.size();
      taking.row = row;
      taking.stamp = stamps[row];
      try {
        finds.find(times[row], taking);
      } catch (ArithmeticException | DateTimeException e) {
        // A row either fails or counts, and so is in none of the windows found before.
        onTime.cut(before);
        late.cut(missed);
        errors.add(row, outOfRange());
        continue;
      }
      if (before == onTime.size() && missed == late.size()) {
        outside++;
      }
    }
    return outside;
  }

  /** Takes the windows of the row at hand. */
  private final class Taking implements WindowFinder.To {
    private int row;
    private long stamp;

    @Override
    public void window(long start, long end) {
      put(row, start, end, stamp);
    }
  }

  private RowError outOfRange() {
    return new RowError(
        ProblemCode.D206,
        context.node().origin(),
        "the window of the row's time begins or ends out of the range of timestamps",
        Map.of());
  }

  private void carried(Batch rows) {
    RowMarks.Windows windows = rows.marks().windows().orElseThrow();
    long[] stamps = stamps(rows);
    for (int row = 0; row < rows.size(); row++) {
      put(row, windows.starts().values()[row], windows.ends().values()[row], stamps[row]);
    }
  }

  private void put(int row, long start, long end, long stamp) {
    if (over(end) <= stamp) {
      late.add(row, start, end);
    } else {
      onTime.add(row, start, end);
    }
  }

  /** The stamps of rows; rows without any are never late. */
  static long[] stamps(Batch rows) {
    return rows.marks()
        .stamps()
        .map(Column.Longs::values)
        .orElseGet(
            () -> {
              long[] none = new long[rows.size()];
              java.util.Arrays.fill(none, TimeTracker.NOTHING);
              return none;
            });
  }

  /** The times of rows; without any all are at the beginning of 1970. */
  static long[] times(Batch rows) {
    return rows.times().map(Column.Longs::values).orElseGet(() -> new long[rows.size()]);
  }
}
