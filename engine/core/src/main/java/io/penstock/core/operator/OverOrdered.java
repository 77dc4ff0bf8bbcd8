package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds to rows what follows from the rows around them in an order of their own: gathers all rows,
 * and at the end goes through one group after the other.
 */
final class OverOrdered implements OpenRows {
  /** After so many groups what is known of them is let go of. */
  private static final int MOST_GROUPS = 4096;

  /** A row that waits for its values. */
  private record Waiting(OverSeries series, OverPart part, int row) {}

  private final Over over;
  private final Schema input;
  private final OverInput read;
  private final OverFrames frames;
  private final OrderedRows rows;
  private final List<Evaluator> order;
  private final AllRows all = new AllRows();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final long after;
  private final StepContext context;
  private final MemoryBudget.Share share;
  private long held;
  private @Nullable OverSeries open;
  private Column @Nullable [] last;
  private boolean ended;

  OverOrdered(Over over, StepContext context) {
    this.over = over;
    this.context = context;
    this.share = context.memory().share(context.node());
    this.input = context.inputs().get(0);
    this.read = new OverInput(over, context);
    this.frames = new OverFrames(over, context);
    this.rows = new OrderedRows(HeldRows.Input.of(keys(over), context));
    this.order = context.evaluators(over.orderBy().stream().map(Operation.OrderBy::value).toList());
    this.after = over.rowsAfter();
  }

  /** Rows of one group lie together. */
  private static List<Operation.OrderBy> keys(Over over) {
    List<Operation.OrderBy> keys = new ArrayList<>();
    for (NamedExpression by : over.by()) {
      keys.add(new Operation.OrderBy(by.expression(), false, false));
    }
    keys.addAll(over.orderBy());
    return keys;
  }

  @Override
  public void add(Batch batch, Operator.Out out) {
    rows.add(read.admitted(batch, out), out);
  }

  @Override
  public StepStore store() {
    return rows.store();
  }

  @Override
  public Optional<Batch> next() {
    throw new IllegalStateException("rows may fail, and there is nobody to tell");
  }

  @Override
  public Optional<Batch> next(Operator.Out out) throws IOException {
    while (!ended || !waiting.isEmpty()) {
      if (!waiting.isEmpty() && isComplete(waiting.element())) {
        Batch made = given(out);
        if (made.size() > 0) {
          return Optional.of(made);
        }
        continue;
      }
      Optional<Batch> more = rows.next();
      ended = more.isEmpty();
      more.ifPresent(this::take);
    }
    return Optional.empty();
  }

  /** Whether all rows have come that it looks at. */
  private boolean isComplete(Waiting row) {
    OverSeries series = row.series();
    return ended || series != open || series.end() - series.next > after;
  }

  private Batch given(Operator.Out out) {
    List<Batch> pieces = new ArrayList<>();
    ColumnBuilder[] given = frames.builders();
    RowErrors errors = new RowErrors();
    int size = 0;
    while (size < Batch.MAX_ROWS && !waiting.isEmpty() && isComplete(waiting.element())) {
      OverPart part = waiting.element().part();
      int[] taken = new int[Math.min(part.rows().size(), Batch.MAX_ROWS - size)];
      int count = 0;
      while (count < taken.length
          && !waiting.isEmpty()
          && waiting.element().part() == part
          && isComplete(waiting.element())) {
        Waiting next = waiting.remove();
        taken[count] = next.row();
        frames.give(next.series(), given, size + count, errors);
        count++;
      }
      pieces.add(part.rows().gather(taken, count));
      size += count;
    }
    return frames.made(Rows.concat(input, pieces), given, errors, out);
  }

  /** Takes the next rows in order. */
  private void take(Batch batch) {
    if (frames.groups() > MOST_GROUPS) {
      Set<OverSeries> goOn = new LinkedHashSet<>();
      waiting.forEach(row -> goOn.add(row.series()));
      if (open != null) {
        goOn.add(open);
      }
      frames.renumber(goOn);
    }
    Column[] keys = read.keys(batch);
    Column[] now = Arrays.copyOf(keys, keys.length + order.size());
    for (int i = 0; i < order.size(); i++) {
      now[keys.length + i] = order.get(i).evaluate(batch, all.of(batch.size()), new RowErrors());
    }
    boolean[] same = equal(now, 0, keys.length, batch.size());
    boolean[] ties = equal(now, keys.length, now.length, batch.size());
    last = last(now, batch.size() - 1);
    OverPart part = read.part(batch, new long[0], ties);
    for (int row = 0; row < same.length; row++) {
      OverSeries series = open;
      if (series == null || !same[row]) {
        series = frames.begin();
        open = series;
      }
      series.add(part, row);
      waiting.add(new Waiting(series, part, row));
    }
    hold(batch);
  }

  /** What frames and rows that wait take, beside the rows that are sorted. */
  private void hold(Batch last) {
    long rows = waiting.size() + (open == null ? 0 : open.end() - open.first());
    long now = frames.bytes() + rows * (Columns.bytes(last) / last.size());
    long more = now - held;
    held = now;
    if (!share.hold(more)) {
      context.memory().requireRoom(context.node(), "the rows of its frames", held);
    }
  }

  /** Whether each row is equal to the one before it in some columns. */
  private boolean[] equal(Column[] columns, int from, int to, int size) {
    List<RowOrder.Key> keys = new ArrayList<>();
    Column[] before = last;
    for (int i = from; i < to; i++) {
      Column column = columns[i];
      if (before != null) {
        column = Columns.concat(List.of(before[i], column));
      }
      keys.add(new RowOrder.Key(type(i), column, false, false));
    }
    RowOrder order = new RowOrder(keys);
    int shift = before == null ? 0 : 1;
    boolean[] equal = new boolean[size];
    for (int row = 0; row < size; row++) {
      equal[row] = row + shift > 0 && order.compare(row + shift - 1, row + shift) == 0;
    }
    return equal;
  }

  private DataType type(int column) {
    int keys = read.types().size();
    return column < keys
        ? read.types().get(column)
        : over.orderBy().get(column - keys).value().type().type();
  }

  private static Column[] last(Column[] columns, int row) {
    Column[] last = new Column[columns.length];
    for (int i = 0; i < last.length; i++) {
      last[i] = columns[i].gather(new int[] {row}, 1);
    }
    return last;
  }

  @Override
  public void close() {
    share.close();
    rows.close();
  }
}
