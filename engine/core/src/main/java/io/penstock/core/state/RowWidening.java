package io.penstock.core.state;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.List;

/**
 * Which rows and values that were kept under an earlier schema can be read under another one: a
 * value that may be null now, optional fields behind those there were. Kept rows say how many
 * columns they have, so that rows of both may lie side by side.
 */
public final class RowWidening {
  private RowWidening() {}

  /** Whether rows of the one schema can be read as rows of the other. */
  public static boolean widens(Schema earlier, Schema now) {
    List<Field> before = earlier.fields();
    List<Field> after = now.fields();
    if (earlier.open() != now.open() || before.size() > after.size()) {
      return false;
    }
    for (int i = 0; i < after.size(); i++) {
      Field field = after.get(i);
      boolean fits =
          i < before.size()
              ? before.get(i).name().equals(field.name())
                  && widens(before.get(i).type(), field.type())
              : field.type().optional();
      if (!fits) {
        return false;
      }
    }
    return true;
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
      return a.schema().names().equals(b.schema().names()) && widens(a.schema(), b.schema());
    }
    return earlier.equals(now);
  }
}
