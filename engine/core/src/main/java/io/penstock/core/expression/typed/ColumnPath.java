package io.penstock.core.expression.typed;

import io.penstock.api.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a value lies that is a column of the row, or a field of records that are such a column.
 *
 * @param indexes that of the column, then those of fields
 */
public record ColumnPath(List<Integer> indexes) {
  public ColumnPath {
    indexes = List.copyOf(indexes);
  }

  /** The path of a column of the row. */
  public static ColumnPath of(int column) {
    return new ColumnPath(List.of(column));
  }

  /** The path of what a tree reads; empty where it is more than that. */
  public static Optional<ColumnPath> of(Typed tree) {
    if (tree instanceof Typed.Column column) {
      return Optional.of(of(column.index()));
    }
    if (tree instanceof Typed.RecordField field) {
      return field.record() instanceof Typed.WholeRow
          ? Optional.of(of(field.index()))
          : of(field.record()).map(outer -> outer.field(field.index()));
    }
    return Optional.empty();
  }

  private ColumnPath field(int index) {
    List<Integer> longer = new ArrayList<>(indexes);
    longer.add(index);
    return new ColumnPath(longer);
  }

  /** The column of the values among those of a batch. */
  public Column in(Column[] columns) {
    Column column = columns[indexes.get(0)];
    for (int i = 1; i < indexes.size(); i++) {
      column = ((Column.Records) column).field(indexes.get(i));
    }
    return column;
  }
}
