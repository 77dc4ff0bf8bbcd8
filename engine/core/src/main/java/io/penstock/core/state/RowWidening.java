package io.penstock.core.state;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * Brings rows that were kept under an earlier schema to a wider one: more optional fields, fields
 * that became optional, another order. Immutable.
 */
public final class RowWidening {
  private final Schema to;
  private final int[] from;

  private RowWidening(Schema to, int[] from) {
    this.to = to;
    this.from = from;
  }

  /**
   * The way from one schema to another; empty where rows of the one cannot be rows of the other.
   */
  public static Optional<RowWidening> of(Schema earlier, Schema now) {
    if (earlier.open() != now.open()) {
      return Optional.empty();
    }
    int[] from = new int[now.columns()];
    int used = 0;
    for (int i = 0; i < now.fields().size(); i++) {
      Field field = now.fields().get(i);
      from[i] = earlier.indexOf(field.name());
      boolean fits =
          from[i] < 0
              ? field.type().optional()
              : widens(earlier.fields().get(from[i]).type(), field.type());
      if (!fits) {
        return Optional.empty();
      }
      used += from[i] < 0 ? 0 : 1;
    }
    if (now.open()) {
      from[now.rest()] = earlier.rest();
    }
    return used == earlier.fields().size()
        ? Optional.of(new RowWidening(now, from))
        : Optional.empty();
  }

  /** Whether every value of the one type lies in a column as one of the other would. */
  public static boolean widens(ValueType earlier, ValueType now) {
    return (!earlier.optional() || now.optional()) && widens(earlier.type(), now.type());
  }

  private static boolean widens(DataType earlier, DataType now) {
    if (earlier instanceof DataType.ListOf a && now instanceof DataType.ListOf b) {
      return widens(a.element(), b.element());
    }
    if (earlier instanceof DataType.MapOf a && now instanceof DataType.MapOf b) {
      return widens(a.value(), b.value());
    }
    if (earlier instanceof DataType.RecordOf a && now instanceof DataType.RecordOf b) {
      List<Field> fields = b.schema().fields();
      boolean same = a.schema().names().equals(b.schema().names());
      for (int i = 0; same && i < fields.size(); i++) {
        same = widens(a.schema().fields().get(i).type(), fields.get(i).type());
      }
      return same;
    }
    return earlier.equals(now);
  }

  /** The rows under the wider schema; fields that they do not have are null. */
  public Batch apply(Batch rows) {
    Column[] columns = new Column[from.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = from[i] < 0 ? nulls(to.column(i).type(), rows.size()) : rows.column(from[i]);
    }
    return rows.with(to, columns);
  }

  private static Column nulls(DataType type, int count) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      builder.addNull();
    }
    return builder.build();
  }
}
