package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.RowMarks;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The groups of an aggregate whose results are shown more than once. */
final class ChangingAggregates implements Changing, ChangingLog.Groups {
  /** How many groups are looked at for one batch: each may give both halves of an update. */
  private static final int AT_ONCE = Batch.MAX_ROWS / 2;

  private final ChangingInput input;
  private final ChangingLog log = new ChangingLog();
  private final ChangeRows changes;
  private final BitSet touched = new BitSet();
  private final BitSet changed = new BitSet();
  private KeyIndex index;
  private Aggregates[] aggregates;
  private byte[][] keys = new byte[16][];
  private byte[] @Nullable [] shown = new byte[16][];
  private long[] rows = new long[16];
  private int size;
  private int gone;
  private long bytes;
  private int next = -1;

  ChangingAggregates(ChangingInput input) {
    this.input = input;
    this.changes = input.changes();
    this.index = KeyIndex.ofKeysOnly(input.types());
    this.aggregates = input.aggregates();
    if (input.isWhole()) {
      // There is one group, even of no rows.
      met(0, new byte[0]);
      touched.set(0);
    }
  }

  private void met(int id, byte[] key) {
    if (id >= keys.length) {
      int length = Math.max(id + 1, keys.length * 2);
      keys = Arrays.copyOf(keys, length);
      shown = Arrays.copyOf(shown, length);
      rows = Arrays.copyOf(rows, length);
    }
    keys[id] = key;
    bytes += key.length + 64;
    size = id + 1;
  }

  @Override
  public void add(Batch batch, Operator.Out out) {
    ChangingInput.Evaluated evaluated = input.evaluate(batch, out);
    int count = evaluated.rows().size();
    int[] ids = new int[count];
    if (!input.types().isEmpty()) {
      index.number(evaluated.keys(), count, ids);
    }
    for (int row = 0; row < count; row++) {
      int id = ids[row];
      if (id >= size) {
        met(id, changes.written(evaluated.keys(), row));
      }
      rows[id] += evaluated.goes(row) ? -1 : 1;
      touched.set(id);
      changed.set(id);
    }
    for (int i = 0; i < aggregates.length; i++) {
      evaluated.into(aggregates[i], i, ids);
    }
  }

  @Override
  public boolean isTouched() {
    return !touched.isEmpty();
  }

  @Override
  public void show() {
    next = 0;
  }

  @Override
  public Optional<Batch> next(IntFunction<RowMarks> marks, Operator.Out out) {
    while (changes.size() == 0 && next >= 0) {
      int[] some = some();
      if (some.length == 0) {
        next = -1;
        compact();
      } else {
        compare(some, marks, out);
      }
    }
    return changes.next(marks);
  }

  private int[] some() {
    int[] some = new int[AT_ONCE];
    int count = 0;
    for (int at = touched.nextSetBit(next); at >= 0 && count < some.length; ) {
      some[count++] = at;
      next = at + 1;
      at = touched.nextSetBit(next);
    }
    for (int i = 0; i < count; i++) {
      touched.clear(some[i]);
      changed.set(some[i]);
    }
    return Arrays.copyOf(some, count);
  }

  private void compare(int[] groups, IntFunction<RowMarks> marks, Operator.Out out) {
    int[] live = Arrays.stream(groups).filter(this::isLive).toArray();
    Map<Integer, byte[]> now = new LinkedHashMap<>();
    if (live.length > 0) {
      Traced made = made(live, marks.apply(live.length), out);
      for (int i = 0; i < made.size(); i++) {
        now.put(live[made.origin(i)], changes.written(made.rows(), i));
      }
    }
    for (int group : groups) {
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

  private Traced made(int[] groups, RowMarks marks, Operator.Out out) {
    Column[] results = new Column[aggregates.length];
    try {
      for (int i = 0; i < results.length; i++) {
        results[i] = aggregates[i].results(groups, groups.length);
      }
    } catch (EvaluationException e) {
      throw new PipelineException(
          Problem.of(
              e.code(),
              input.context().node().origin(),
              e.text(),
              "compute it in a wider type, such as a decimal, or in smaller groups"));
    }
    return input.made(new GroupResults.Part(groups.length, keys(groups), results), marks, out);
  }

  private Column[] keys(int[] groups) {
    ColumnBuilder[] builders = ChangeRows.builders(input.types());
    for (int group : groups) {
      ChangeRows.read(keys[group], builders);
    }
    return ChangeRows.built(builders);
  }

  /** Groups without rows are let go of once they are more than the others. */
  private void compact() {
    if (gone < 4096 || gone < size / 2) {
      return;
    }
    Map<ByteBuffer, byte[]> live = new LinkedHashMap<>();
    io.penstock.core.state.EntryBytes one = new io.penstock.core.state.EntryBytes();
    try {
      writers = writers();
      for (int group = 0; group < size; group++) {
        if (isThere(group)) {
          write(group, one.begin());
          live.put(ByteBuffer.wrap(keys[group]), Arrays.copyOf(one.array(), one.end()));
        }
      }
      load(live);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void load(Map<ByteBuffer, byte[]> groups) throws IOException {
    index = KeyIndex.ofKeysOnly(input.types());
    aggregates = input.aggregates();
    touched.clear();
    changed.clear();
    size = 0;
    gone = 0;
    bytes = 0;
    for (Map.Entry<ByteBuffer, byte[]> group : groups.entrySet()) {
      int id = size;
      met(id, group.getKey().array());
      if (!input.types().isEmpty()) {
        int[] number = new int[1];
        index.number(keys(new int[] {id}), 1, number);
      }
      try (StateInput from = StateInput.of(group.getValue())) {
        read(id, from);
      }
    }
    log.renumbered();
  }

  private void read(int group, StateInput from) throws IOException {
    rows[group] = from.number();
    if (from.flag()) {
      touched.set(group);
    }
    shown[group] = null;
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
  public byte[] key(int group) {
    return keys[group];
  }

  @Override
  public boolean isThere(int group) {
    return isLive(group) || shown[group] != null || touched.get(group);
  }

  private Aggregates.GroupWriter[] writers = new Aggregates.GroupWriter[0];

  private Aggregates.GroupWriter[] writers() {
    Aggregates.GroupWriter[] made = new Aggregates.GroupWriter[aggregates.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = aggregates[i].writer();
    }
    return made;
  }

  @Override
  public void write(int group, StateOutput to) throws IOException {
    to.number(rows[group]);
    to.flag(touched.get(group));
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
  public void snapshot(SnapshotWriter to) throws IOException {
    writers = writers();
    log.snapshot(this, size, changed, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    load(ChangingLog.restored(from));
  }

  @Override
  public long bytes() {
    long sum = bytes + index.bytes();
    for (Aggregates aggregate : aggregates) {
      sum += aggregate.bytes();
    }
    return sum;
  }
}
