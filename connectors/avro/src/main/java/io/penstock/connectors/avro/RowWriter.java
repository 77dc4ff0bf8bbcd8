package io.penstock.connectors.avro;

import io.penstock.api.data.Column;
import io.penstock.api.data.Field;
import io.penstock.json.ByteBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Writes records of a schema from columns. */
final class RowWriter {
  private final Schema schema;
  private final List<Part> parts;

  private RowWriter(Schema schema, List<Part> parts) {
    this.schema = schema;
    this.parts = List.copyOf(parts);
  }

  /** A field of the schema. */
  private sealed interface Part {}

  /** One that is written from a column. */
  private record FromColumn(int column, ValueWriter writer) implements Part {}

  /** One that the rows do not have. */
  private record ByDefault(byte[] value) implements Part {}

  /** A writer of rows by the schema given, or else by their own. */
  static RowWriter of(io.penstock.api.data.Schema rows, Optional<Schema> given) {
    if (rows.open()) {
      throw Unfit.because(
          "their fields are not known",
          "put a `select` of the fields above the sink, or give the source a `schema`");
    }
    return of(rows, given.orElseGet(() -> WrittenTypes.of(rows)), "");
  }

  /** A writer of records inside others; the path is theirs. */
  static RowWriter of(io.penstock.api.data.Schema rows, Schema schema, String path) {
    List<Part> parts = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      String inside = path.isEmpty() ? field.name() : path + "." + field.name();
      int index = rows.indexOf(field.name());
      parts.add(
          index < 0
              ? new ByDefault(absent(field, inside))
              : new FromColumn(
                  index, ValueWriters.of(rows.fields().get(index).type(), field.schema(), inside)));
    }
    for (Field field : rows.fields()) {
      if (schema.getField(field.name()) == null) {
        String inside = path.isEmpty() ? field.name() : path + "." + field.name();
        throw Unfit.because("the schema has no `" + inside + "`");
      }
    }
    return new RowWriter(schema, parts);
  }

  private static byte[] absent(Schema.Field field, String path) {
    if (!field.hasDefaultValue()) {
      throw Unfit.because("they have no `" + path + "`, which the schema wants");
    }
    return RecordReader.defaultValue(field);
  }

  /** What the records are. */
  Schema schema() {
    return schema;
  }

  void write(Column[] values, int row, ByteBuilder to) {
    for (Part part : parts) {
      if (part instanceof FromColumn from) {
        from.writer().write(values[from.column()], row, to);
      } else if (part instanceof ByDefault absent) {
        to.append(absent.value());
      }
    }
  }
}
