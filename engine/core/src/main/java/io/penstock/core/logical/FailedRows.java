package io.penstock.core.logical;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.List;

/** The rows that leave by the output {@code failed}. */
public final class FailedRows {
  /** The field that says why a row failed; it takes the place of a field of that name. */
  public static final String ERROR = "error";

  /** The field of a source's failed record: its text, malformed bytes as U+FFFD. */
  public static final String RAW = "raw";

  private static final Field WHY =
      Field.of(
          ERROR,
          new DataType.RecordOf(
              Schema.of(
                  Field.of("code", DataType.STRING),
                  Field.of("message", DataType.STRING),
                  Field.of("at", DataType.STRING),
                  Field.of("values", new DataType.MapOf(ValueType.required(DataType.STRING))))));

  private FailedRows() {}

  /** Of a transform or a sink: the row as it came in, then why it failed. */
  public static Schema of(Schema input) {
    List<Field> fields = new ArrayList<>(input.fields());
    fields.removeIf(field -> field.name().equals(ERROR));
    fields.add(WHY);
    return new Schema(fields, input.open());
  }

  /** Of a step with these inputs; of a join the pair, or one row and null. */
  public static Schema of(List<Schema> inputs) {
    return inputs.size() == 1 ? of(inputs.get(0)) : of(pairs(inputs.get(0), inputs.get(1)));
  }

  /** Rows of two inputs side by side, as the records {@code left} and {@code right}. */
  public static Schema pairs(Schema left, Schema right) {
    return Schema.of(
        Field.optional("left", new DataType.RecordOf(left)),
        Field.optional("right", new DataType.RecordOf(right)));
  }

  /** Of a source: the record's text, then why it could not be decoded. */
  public static Schema ofSource() {
    return Schema.of(Field.of(RAW, DataType.STRING), WHY);
  }
}
