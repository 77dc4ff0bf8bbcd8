package io.penstock.connectors.avro;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The types that values of an Avro schema have in a pipeline where it declares none: a union of
 * null and another is optional; other unions, and a record inside itself, are json. A schema that
 * uses its types again and again may have more fields than anybody can hold: that is thrown.
 */
final class FieldTypes {
  private static final int MOST_FIELDS = 10_000;

  private final Set<String> open = new HashSet<>();
  private int count;

  private FieldTypes() {}

  /** The fields of a record's schema. */
  static io.penstock.api.data.Schema of(Schema record) {
    return new FieldTypes().fields(record);
  }

  /** The type of a value. */
  static ValueType ofValue(Schema schema) {
    return new FieldTypes().type(schema);
  }

  private io.penstock.api.data.Schema fields(Schema record) {
    open.add(record.getFullName());
    List<Field> fields = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      if (++count > MOST_FIELDS) {
        throw new BadDatum(
            ProblemCode.D107, "the schema has more than " + MOST_FIELDS + " fields in all");
      }
      fields.add(new Field(field.name(), type(field.schema())));
    }
    open.remove(record.getFullName());
    return io.penstock.api.data.Schema.of(fields);
  }

  private ValueType type(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> union(schema);
      case NULL -> ValueType.optional(DataType.JSON);
      case RECORD ->
          ValueType.required(
              open.contains(schema.getFullName())
                  ? DataType.JSON
                  : new DataType.RecordOf(fields(schema)));
      case ARRAY -> ValueType.required(new DataType.ListOf(type(schema.getElementType())));
      case MAP -> ValueType.required(new DataType.MapOf(type(schema.getValueType())));
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, FIXED, ENUM ->
          ValueType.required(scalar(schema));
    };
  }

  private ValueType union(Schema schema) {
    boolean optional = false;
    Optional<DataType> common = Optional.empty();
    for (Schema branch : schema.getTypes()) {
      if (branch.getType() == Schema.Type.NULL) {
        optional = true;
        continue;
      }
      ValueType type = type(branch);
      optional |= type.optional();
      boolean same = common.isEmpty() || common.get().equals(type.type());
      common = Optional.of(same ? type.type() : DataType.JSON);
    }
    return new ValueType(common.orElse(DataType.JSON), optional || common.isEmpty());
  }

  private static DataType scalar(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      // Wider ones are exact numbers of json.
      boolean fits = decimal.getPrecision() <= DataType.Decimal.MAX_PRECISION;
      return fits
          ? new DataType.Decimal(decimal.getPrecision(), decimal.getScale())
          : DataType.JSON;
    }
    return switch (Logical.of(schema)) {
      case DATE -> DataType.DATE;
      case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS -> DataType.TIMESTAMP;
      case TIME_MILLIS, TIME_MICROS -> DataType.DURATION;
      case UUID, DURATION -> DataType.STRING;
      case NONE -> plain(schema);
    };
  }

  private static DataType plain(Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> DataType.BOOLEAN;
      case INT, LONG -> DataType.INT;
      case FLOAT, DOUBLE -> DataType.DOUBLE;
      case STRING, ENUM -> DataType.STRING;
      case BYTES, FIXED -> DataType.BYTES;
      case NULL, UNION, RECORD, ARRAY, MAP -> throw new IllegalStateException("no scalar");
    };
  }
}
