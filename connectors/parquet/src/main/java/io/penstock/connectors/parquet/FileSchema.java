package io.penstock.connectors.parquet;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The schema of a file that is written, made of that of the rows. */
final class FileSchema {
  static final int LONG_DIGITS = 18;
  static final int WIDE_BYTES = 16;

  private FileSchema() {}

  /** The schema; rows that have none that is known, or an empty record in them, are thrown. */
  static MessageType of(io.penstock.api.data.Schema rows) {
    if (rows.open()) {
      throw unfit("their fields are not known", "put a `select` of the fields above the sink");
    }
    return new MessageType("row", fields(rows, "the rows"));
  }

  private static PipelineException unfit(String what, String hint) {
    return new PipelineException(
        Problem.of(
            ProblemCode.R306, Origin.file("parquet"), "the rows cannot be written: " + what, hint));
  }

  private static List<Type> fields(io.penstock.api.data.Schema schema, String path) {
    if (schema.fields().isEmpty()) {
      throw unfit(
          path + " have no field, and Parquet has no such record", "leave the empty record out");
    }
    List<Type> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      fields.add(type(field.type(), field.name()));
    }
    return fields;
  }

  private static Type type(ValueType type, String name) {
    Type.Repetition repetition =
        type.optional() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    if (type.type() instanceof DataType.ListOf list) {
      return Types.list(repetition).element(type(list.element(), "element")).named(name);
    }
    if (type.type() instanceof DataType.MapOf map) {
      Type key =
          Types.required(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named("key");
      return Types.map(repetition).key(key).value(type(map.value(), "value")).named(name);
    }
    if (type.type() instanceof DataType.RecordOf record) {
      Type[] inner = fields(record.schema(), "records in `" + name + "`").toArray(Type[]::new);
      return Types.buildGroup(repetition).addFields(inner).named(name);
    }
    if (type.type() instanceof DataType.Decimal decimal) {
      boolean narrow = decimal.precision() <= LONG_DIGITS;
      return Types.primitive(
              narrow ? PrimitiveTypeName.INT64 : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
          .length(narrow ? 0 : WIDE_BYTES)
          .as(LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision()))
          .named(name);
    }
    return simple(((DataType.Simple) type.type()).kind(), repetition, name);
  }

  private static Type simple(DataType.Simple.Kind kind, Type.Repetition repetition, String name) {
    return switch (kind) {
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case INT -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      // Parquet has no duration in microseconds: it is a text.
      case STRING, DURATION ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case BYTES -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
      case JSON ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.jsonType())
              .named(name);
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(name);
      case DATE ->
          Types.primitive(PrimitiveTypeName.INT32, repetition)
              .as(LogicalTypeAnnotation.dateType())
              .named(name);
    };
  }
}
