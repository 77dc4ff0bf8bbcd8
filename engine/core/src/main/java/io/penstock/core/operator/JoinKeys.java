package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.RowMarks;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Join;
import io.penstock.json.ByteBuilder;
import java.util.ArrayList;
import java.util.List;

/** Numbers the keys of both inputs of a join: equal keys have one number. Single-threaded. */
final class JoinKeys {
  private final List<List<Evaluator>> sides = new ArrayList<>();
  private final List<DataType> types = new ArrayList<>();
  private final boolean windows;
  private final ByteBuilder key = new ByteBuilder(64);
  private final KeyStart start = new KeyStart();
  private KeyIndex index;

  JoinKeys(Join join, boolean windows, StepContext context) {
    this.windows = windows;
    sides.add(join.on().stream().map(pair -> context.evaluator(pair.left())).toList());
    sides.add(join.on().stream().map(pair -> context.evaluator(pair.right())).toList());
    join.on().forEach(pair -> types.add(pair.left().type().type()));
    if (windows) {
      types.add(DataType.TIMESTAMP);
      types.add(DataType.TIMESTAMP);
    }
    if (types.isEmpty()) {
      types.add(DataType.INT);
    }
    this.index = KeyIndex.ofKeysOnly(types);
  }

  /** Begins anew; numbers given before mean nothing any more but in what is given back. */
  KeyIndex clear() {
    KeyIndex before = index;
    index = KeyIndex.ofKeysOnly(types);
    return before;
  }

  /** The numbers here of keys that had numbers in an index before. */
  int[] number(KeyIndex before, int[] ids) {
    int[] own = new int[ids.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = -1;
      if (ids[i] >= 0) {
        key.truncate(0);
        before.encode(ids[i], key);
        own[i] = index.number(key.array(), 0, key.length(), true);
      }
    }
    return own;
  }

  /** The numbers of all keys in the order of their {@link #start}. */
  int[] order() {
    return KeyOrder.of(index, 0, index.size(), KeyStart::compare);
  }

  /**
   * How the entries of a key begin on the disk; good until the next call.
   *
   * @param id the number of the key; below zero for rows that meet nobody
   */
  ByteBuilder start(int id) {
    return id < 0 ? start.ofNone() : start.of(index, id);
  }

  /** The number of the key that starts so; -1 where it has none, and for rows that meet nobody. */
  int find(ByteBuilder start) {
    return KeyStart.number(index, start.array(), start.length(), false);
  }

  /** The numbers of keys that start so; -1 for rows that meet nobody. */
  int[] number(byte[][] starts) {
    int[] ids = new int[starts.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = KeyStart.number(index, starts[i], starts[i].length, true);
    }
    return ids;
  }

  /** The number of each row's key; -1 where a part is null, which equals nothing. */
  int[] number(int side, Batch rows, RowErrors errors) {
    int size = rows.size();
    Selection every = Selection.all(size);
    Column[] columns = new Column[types.size()];
    int at = 0;
    for (Evaluator part : sides.get(side)) {
      columns[at++] = part.evaluate(rows, every, errors);
    }
    int parts = at;
    if (windows) {
      RowMarks.Windows own = rows.marks().windows().orElseThrow();
      columns[at++] = own.starts();
      columns[at++] = own.ends();
    }
    if (at == 0) {
      columns[0] = Columns.repeated(0, size);
    }
    int[] ids = new int[size];
    index.number(columns, size, ids);
    for (int i = 0; i < parts; i++) {
      if (columns[i].validity() != null) {
        for (int row = 0; row < size; row++) {
          ids[row] = columns[i].isNull(row) ? -1 : ids[row];
        }
      }
    }
    return ids;
  }

  /** Whether few more keys fit, however much memory there is. */
  boolean isNearlyFull() {
    return index.isNearlyFull();
  }

  long bytes() {
    return index.bytes();
  }
}
