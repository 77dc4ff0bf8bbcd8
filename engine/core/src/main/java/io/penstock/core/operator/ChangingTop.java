package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.RowMarks;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The first rows of each group in an order, shown more than once. */
final class ChangingTop implements Changing, ChangingLog.Groups {
  private final ChangingOrder order;
  private final ChangingLog log = new ChangingLog();
  private final ChangeRows changes;
  private final OrderEncoder encoder = new OrderEncoder();
  private final BitSet touched = new BitSet();
  private final BitSet changed = new BitSet();
  private final KeyIndex index;
  private final List<FirstRows> groups = new ArrayList<>();
  private long bytes;
  private int next = -1;

  ChangingTop(ChangingOrder order) {
    this.order = order;
    this.changes = order.changes();
    this.index = KeyIndex.ofKeysOnly(order.types());
  }

  @Override
  public void add(Batch batch, Operator.Out out) {
    ChangingOrder.Ordered ordered = order.of(batch, out);
    Batch rows = ordered.rows();
    int[] ids = new int[rows.size()];
    if (!order.types().isEmpty()) {
      index.number(ordered.groups(), rows.size(), ids);
    }
    ByteBuilder place = new ByteBuilder(64);
    for (int row = 0; row < rows.size(); row++) {
      if (ids[row] >= groups.size()) {
        groups.add(new FirstRows(order.top(), changes.written(ordered.groups(), row)));
      }
      place.truncate(0);
      encoder.row(ordered.keys(), row, place);
      int length = place.length();
      encoder.row(ordered.fields(), row, place);
      FirstRows group = groups.get(ids[row]);
      bytes -= group.bytes();
      byte[] at = Arrays.copyOf(place.array(), place.length());
      if (Change.of(rows, row).takesAway()) {
        group.remove(at);
      } else {
        group.add(at, length, changes.written(rows, row));
        if (!order.changing()) {
          group.cut();
        }
      }
      bytes += group.bytes();
      touched.set(ids[row]);
      changed.set(ids[row]);
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
    while (changes.size() < Batch.MAX_ROWS && next >= 0) {
      int group = touched.nextSetBit(next);
      if (group < 0) {
        next = -1;
      } else {
        touched.clear(group);
        changed.set(group);
        next = group + 1;
        compare(groups.get(group));
      }
    }
    return changes.next(marks);
  }

  private void compare(FirstRows group) {
    bytes -= group.bytes();
    List<FirstRows.Placed> before = group.shown();
    List<FirstRows.Placed> after = group.first();
    group.show(after);
    bytes += group.bytes();
    if (order.isByPlace()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        boolean same = i < before.size() && i < after.size() && before.get(i).equals(after.get(i));
        if (!same) {
          byte[] old = i < before.size() ? made(before.get(i)) : null;
          byte[] now = i < after.size() ? made(after.get(i)) : null;
          changes.update(old, now);
        }
      }
      return;
    }
    for (FirstRows.Placed row : FirstRows.without(before, after)) {
      changes.add(made(row), Change.DELETE);
    }
    for (FirstRows.Placed row : FirstRows.without(after, before)) {
      changes.add(made(row), Change.INSERT);
    }
  }

  /** The row that comes out. */
  private byte[] made(FirstRows.Placed placed) {
    ColumnBuilder[] builders = order.builders();
    ChangeRows.read(placed.row().array(), builders);
    return changes.written(order.made(ChangeRows.built(builders), placed.rank()), 0);
  }

  @Override
  public byte[] key(int group) {
    return groups.get(group).key();
  }

  @Override
  public boolean isThere(int group) {
    return !groups.get(group).isEmpty() || touched.get(group);
  }

  @Override
  public void write(int group, StateOutput to) throws IOException {
    to.flag(touched.get(group));
    groups.get(group).write(to);
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    log.snapshot(this, groups.size(), changed, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    for (Map.Entry<ByteBuffer, byte[]> entry : ChangingLog.restored(from).entrySet()) {
      byte[] key = entry.getKey().array();
      if (!order.types().isEmpty()) {
        index.number(order.key(key), 1, new int[1]);
      }
      FirstRows group = new FirstRows(order.top(), key);
      try (StateInput input = StateInput.of(entry.getValue())) {
        if (input.flag()) {
          touched.set(groups.size());
        }
        group.read(input);
      }
      groups.add(group);
      bytes += group.bytes();
    }
    log.renumbered();
  }

  @Override
  public long bytes() {
    return bytes + index.bytes();
  }
}
