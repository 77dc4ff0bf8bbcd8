package io.penstock.connectors.avro;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro schema of rows where the pipeline gives none. */
final class WrittenTypes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private int records;

  private WrittenTypes() {}

  /** The schema; what Avro has no name for is thrown. */
  static Schema of(io.penstock.api.data.Schema rows) {
    return new WrittenTypes().record(rows, "");
  }

  private Schema record(io.penstock.api.data.Schema rows, String path) {
    String name = records == 0 ? "row" : "record" + records;
    records++;
    List<Schema.Field> fields = new ArrayList<>();
    for (Field field : rows.fields()) {
      String inside = path.isEmpty() ? field.name() : path + "." + field.name();
      if (!NAME.matcher(field.name()).matches()) {
        throw Unfit.because(
            "`" + inside + "` is no name that Avro has: letters without marks, digits and `_`");
      }
      Schema type = type(field.type(), inside);
      fields.add(
          field.type().optional()
              ? new Schema.Field(field.name(), type, null, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(field.name(), type));
    }
    return Schema.createRecord(name, null, null, false, fields);
  }

  private Schema type(ValueType type, String path) {
    Schema required = required(type.type(), path);
    return type.optional()
        ? Schema.createUnion(Schema.create(Schema.Type.NULL), required)
        : required;
  }

  private Schema required(DataType type, String path) {
    if (type instanceof DataType.Decimal decimal) {
      return LogicalTypes.decimal(decimal.precision(), decimal.scale())
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    if (type instanceof DataType.ListOf list) {
      return Schema.createArray(type(list.element(), path));
    }
    if (type instanceof DataType.MapOf map) {
      return Schema.createMap(type(map.value(), path));
    }
    if (type instanceof DataType.RecordOf record) {
      return record(record.schema(), path);
    }
    return simple(((DataType.Simple) type).kind());
  }

  private static Schema simple(DataType.Simple.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case INT -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      // Avro has no json, and no duration in microseconds: they are texts.
      case STRING, JSON, DURATION -> Schema.create(Schema.Type.STRING);
      case BYTES -> Schema.create(Schema.Type.BYTES);
      case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    };
  }
}
