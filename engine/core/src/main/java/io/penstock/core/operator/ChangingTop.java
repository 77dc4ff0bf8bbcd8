package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.RowMarks;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The first rows of each group in an order, shown more than once. */
final class ChangingTop implements Changing, KeyedTable {
  /** How many groups are looked at together. */
  private static final int AT_ONCE = 256;

  private final ChangingOrder order;
  private final KeyedGroups groups;
  private final ChangeRows changes;
  private final OrderEncoder encoder = new OrderEncoder();
  private final List<FirstRows> firsts = new ArrayList<>();
  private long bytes;

  ChangingTop(ChangingOrder order) {
    this.order = order;
    this.changes = order.changes();
    this.groups = new KeyedGroups(order.types(), this, changes, order.context());
  }

  @Override
  public KeyedGroups groups() {
    return groups;
  }

  @Override
  public void begin(int group) {
    FirstRows first = new FirstRows(order.top());
    firsts.add(first);
    bytes += first.bytes();
  }

  @Override
  public void add(Batch batch, Operator.Out out) {
    ChangingOrder.Ordered ordered = order.of(batch, out);
    Batch rows = ordered.rows();
    int[] ids = groups.number(ordered.groups(), rows.size());
    ByteBuilder place = new ByteBuilder(64);
    for (int row = 0; row < rows.size(); row++) {
      place.truncate(0);
      encoder.row(ordered.keys(), row, place);
      int length = place.length();
      encoder.row(ordered.fields(), row, place);
      FirstRows group = firsts.get(ids[row]);
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
      groups.touch(ids[row]);
    }
  }

  @Override
  public boolean isTouched() {
    return groups.isTouched();
  }

  @Override
  public Optional<Batch> next(IntFunction<RowMarks> marks, Operator.Out out) {
    while (changes.size() < Batch.MAX_ROWS && groups.isTouched()) {
      groups.tidy();
      for (int group : groups.touched(AT_ONCE)) {
        compare(firsts.get(group));
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
  public boolean isThere(int group) {
    return !firsts.get(group).isEmpty();
  }

  @Override
  public void write(int group, StateOutput to) throws IOException {
    firsts.get(group).write(to);
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    FirstRows first = firsts.get(group);
    bytes -= first.bytes();
    first.read(from);
    bytes += first.bytes();
  }

  @Override
  public void clear() {
    firsts.clear();
    bytes = 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
