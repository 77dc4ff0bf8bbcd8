package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The types that fields of a message have in a pipeline where it declares none. A field that may be
 * missing is optional; a message inside itself is json.
 */
final class FieldTypes {
  /** What an unsigned number of 64 bits fits. */
  static final DataType UNSIGNED = new DataType.Decimal(20, 0);

  private final Set<String> open = new HashSet<>();

  private FieldTypes() {}

  /** The fields of a message. */
  static Schema of(Descriptor message) {
    return new FieldTypes().fields(message);
  }

  private Schema fields(Descriptor message) {
    open.add(message.getFullName());
    List<Field> fields = new ArrayList<>();
    for (FieldDescriptor field : message.getFields()) {
      fields.add(new Field(field.getName(), type(field)));
    }
    open.remove(message.getFullName());
    return Schema.of(fields);
  }

  private ValueType type(FieldDescriptor field) {
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      return ValueType.required(new DataType.MapOf(single(value).asRequired()));
    }
    if (field.isRepeated()) {
      return ValueType.required(new DataType.ListOf(single(field).asRequired()));
    }
    return single(field);
  }

  private ValueType single(FieldDescriptor field) {
    boolean optional = field.hasPresence() && !field.isRequired() && !field.hasDefaultValue();
    return new ValueType(data(field), optional);
  }

  private DataType data(FieldDescriptor field) {
    return switch (field.getType()) {
      case DOUBLE, FLOAT -> DataType.DOUBLE;
      case INT64, INT32, SINT32, SINT64, SFIXED32, SFIXED64, UINT32, FIXED32 -> DataType.INT;
      case UINT64, FIXED64 -> UNSIGNED;
      case BOOL -> DataType.BOOLEAN;
      case STRING, ENUM -> DataType.STRING;
      case BYTES -> DataType.BYTES;
      case MESSAGE, GROUP -> message(field.getMessageType());
    };
  }

  private DataType message(Descriptor message) {
    return switch (WellKnown.of(message)) {
      case TIMESTAMP -> DataType.TIMESTAMP;
      case DURATION -> DataType.DURATION;
      case WRAPPER -> data(WellKnown.wrapped(message));
      case STRUCT, VALUE, LIST, EMPTY -> DataType.JSON;
      case NONE ->
          open.contains(message.getFullName())
              ? DataType.JSON
              : new DataType.RecordOf(fields(message));
    };
  }
}
