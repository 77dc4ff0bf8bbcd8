package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Table;
import java.util.ArrayList;
import java.util.List;

/** A table in memory, by key. Immutable; each task finds through a reader of its own. */
public final class LookupTable {
  private final Column[] columns;
  private final Schema schema;
  private final KeyIndex index;

  private LookupTable(Column[] columns, Schema schema, KeyIndex index) {
    this.columns = columns;
    this.schema = schema;
    this.index = index;
  }

  /** Puts the rows of a table together; a key that stands twice is a problem. */
  public static LookupTable of(Table table, List<Batch> batches) {
    Schema schema = table.schema();
    Column[] columns = new Column[schema.columns()];
    int count = batches.stream().mapToInt(Batch::size).reduce(0, Math::addExact);
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      columns[i] =
          batches.isEmpty()
              ? Columns.nulls(schema.column(i).type(), 0)
              : Columns.concat(batches.stream().map(b -> b.column(column)).toList());
    }
    List<DataType> types = new ArrayList<>();
    Column[] keys = new Column[table.key().size()];
    for (int i = 0; i < keys.length; i++) {
      int field = schema.indexOf(table.key().get(i));
      keys[i] = columns[field];
      types.add(schema.column(field).type());
    }
    KeyIndex index = new KeyIndex(types);
    int[] ids = new int[count];
    index.number(keys, count, ids);
    if (index.size() < count) {
      throw twice(table, ids, keys, types);
    }
    return new LookupTable(columns, schema, index);
  }

  private static PipelineException twice(
      Table table, int[] ids, Column[] keys, List<DataType> types) {
    int row = 0;
    while (ids[row] == row) {
      row++;
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < keys.length; i++) {
      key.append(i == 0 ? "" : ", ").append(RowJson.value(types.get(i), keys[i], row).toText());
    }
    return new PipelineException(
        Problem.of(
            ProblemCode.R211,
            table.origin(),
            "the key `"
                + key
                + "` stands in rows "
                + (ids[row] + 1)
                + " and "
                + (row + 1)
                + " of the table `"
                + table.name()
                + "`",
            "make the rows unique, or add a field to `key`"));
  }

  /** How many rows there are. */
  public int size() {
    return index.size();
  }

  KeyIndex reader() {
    return index.reader();
  }

  Column column(String field) {
    return columns[schema.indexOf(field)];
  }

  DataType type(String field) {
    return schema.column(schema.indexOf(field)).type();
  }
}
