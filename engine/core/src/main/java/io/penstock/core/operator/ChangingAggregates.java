package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.RowMarks;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The groups of an aggregate whose results are shown more than once. */
final class ChangingAggregates implements Changing, KeyedTable {
  /** How many groups are looked at for one batch: each may give both halves of an update. */
  private static final int AT_ONCE = Batch.MAX_ROWS / 2;

  private static final int MANY = 4096;

  private final ChangingInput input;
  private final KeyedGroups groups;
  private final ChangeRows changes;
  private Aggregates[] aggregates;
  private Aggregates.GroupWriter[] writers = new Aggregates.GroupWriter[0];
  private byte[] @Nullable [] shown = new byte[16][];
  private long[] rows = new long[16];
  private int gone;
  private long bytes;

  ChangingAggregates(ChangingInput input) {
    this.input = input;
    this.changes = input.changes();
    this.aggregates = input.aggregates();
    this.groups = new KeyedGroups(input.types(), this, changes, input.context());
    if (input.isWhole()) {
      // There is one group, even of no rows.
      groups.beginWhole();
    }
  }

  @Override
  public KeyedGroups groups() {
    return groups;
  }

  @Override
  public void begin(int group) {
    if (group >= rows.length) {
      int length = Math.max(group + 1, rows.length * 2);
      shown = Arrays.copyOf(shown, length);
      rows = Arrays.copyOf(rows, length);
    }
  }

  @Override
  public void add(Batch batch, Operator.Out out) {
    ChangingInput.Evaluated evaluated = input.evaluate(batch, out);
    int[] ids = groups.number(evaluated.keys(), evaluated.rows().size());
    for (int row = 0; row < ids.length; row++) {
      rows[ids[row]] += evaluated.goes(row) ? -1 : 1;
      groups.touch(ids[row]);
    }
    for (int i = 0; i < aggregates.length; i++) {
      evaluated.into(aggregates[i], i, ids);
    }
  }

  @Override
  public boolean isTouched() {
    return groups.isTouched();
  }

  @Override
  public Optional<Batch> next(IntFunction<RowMarks> marks, Operator.Out out) {
    while (changes.size() == 0 && groups.isTouched()) {
      groups.tidy();
      compare(groups.touched(AT_ONCE), marks, out);
    }
    // Groups without rows are let go of once they are more than the others.
    if (gone >= MANY && gone >= groups.size() / 2 && !groups.isTouched()) {
      groups.compact();
    }
    return changes.next(marks);
  }

  private void compare(int[] some, IntFunction<RowMarks> marks, Operator.Out out) {
    int[] live = Arrays.stream(some).filter(this::isLive).toArray();
    Map<Integer, byte[]> now = new LinkedHashMap<>();
    if (live.length > 0) {
      Traced made = made(live, marks.apply(live.length), out);
      for (int i = 0; i < made.size(); i++) {
        now.put(live[made.origin(i)], changes.written(made.rows(), i));
      }
    }
    for (int group : some) {
      byte[] before = shown[group];
      byte[] after = now.get(group);
      changes.update(before, after);
      bytes += (after == null ? 0 : after.length) - (before == null ? 0 : before.length);
      shown[group] = after;
      gone += isLive(group) ? 0 : 1;
    }
  }

  private boolean isLive(int group) {
    return rows[group] > 0 || input.isWhole();
  }

  private Traced made(int[] some, RowMarks marks, Operator.Out out) {
    Column[] results = new Column[aggregates.length];
    try {
      for (int i = 0; i < results.length; i++) {
        results[i] = aggregates[i].results(some, some.length);
      }
    } catch (EvaluationException e) {
      throw new PipelineException(
          Problem.of(
              e.code(),
              input.context().node().origin(),
              e.text(),
              "compute it in a wider type, such as a decimal, or in smaller groups"));
    }
    return input.made(new GroupResults.Part(some.length, keys(some), results), marks, out);
  }

  private Column[] keys(int[] some) {
    ColumnBuilder[] builders = ChangeRows.builders(input.types());
    for (int group : some) {
      ChangeRows.read(groups.key(group), builders);
    }
    return ChangeRows.built(builders);
  }

  @Override
  public void clear() {
    aggregates = input.aggregates();
    shown = new byte[16][];
    rows = new long[16];
    gone = 0;
    bytes = 0;
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    rows[group] = from.number();
    if (from.flag()) {
      byte[] row = from.bytes();
      shown[group] = row;
      bytes += row.length;
    }
    for (Aggregates aggregate : aggregates) {
      aggregate.read(group, from);
    }
  }

  @Override
  public boolean isThere(int group) {
    return isLive(group) || shown[group] != null;
  }

  @Override
  public void prepare() {
    writers =
        Arrays.stream(aggregates).map(Aggregates::writer).toArray(Aggregates.GroupWriter[]::new);
  }

  @Override
  public void write(int group, StateOutput to) throws IOException {
    to.number(rows[group]);
    byte[] row = shown[group];
    to.flag(row != null);
    if (row != null) {
      to.bytes(row, 0, row.length);
    }
    for (Aggregates.GroupWriter writer : writers) {
      writer.write(group, to);
    }
  }

  @Override
  public long bytes() {
    long sum = bytes;
    for (Aggregates aggregate : aggregates) {
      sum += aggregate.bytes();
    }
    return sum;
  }
}
