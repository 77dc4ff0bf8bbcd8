package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.RowMarks;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Join;
import java.util.ArrayList;
import java.util.List;

/** Numbers the keys of both inputs of a join: equal keys have one number. Single-threaded. */
final class JoinKeys {
  private final List<List<Evaluator>> sides = new ArrayList<>();
  private final List<DataType> types = new ArrayList<>();
  private final boolean windows;
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

  /** Begins anew; numbers given before mean nothing any more. */
  void clear() {
    index = KeyIndex.ofKeysOnly(types);
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

  long bytes() {
    return index.bytes();
  }
}
