package io.penstock.connectors.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Writers of single values, for each pair of types that goes together. */
final class ScalarWriters {
  private static final int NANOS = 1000;

  private ScalarWriters() {}

  /** Makes what writes a record as a message. */
  interface Records {
    ValueWriter of(Descriptor type, Schema schema, String path);
  }

  /** The writer; the run is stopped where the two types do not go together. */
  static ValueWriter of(FieldDescriptor field, DataType type, String path, Records records) {
    Optional<ValueWriter> writer =
        switch (field.getJavaType()) {
          case BOOLEAN ->
              when(
                  type.equals(DataType.BOOLEAN),
                  (column, row) -> ((Column.Booleans) column).values()[row]);
          case INT, LONG -> whole(field, type, path);
          case FLOAT, DOUBLE -> decimal(field, type);
          case STRING -> text(type);
          case BYTE_STRING -> when(type.equals(DataType.BYTES), ScalarWriters::bytes);
          case ENUM -> symbol(field, type, path);
          case MESSAGE -> message(field, type, path, records);
        };
    return writer.orElseThrow(() -> RowWriter.unfit(field, type, path));
  }

  private static Optional<ValueWriter> when(boolean fits, ValueWriter writer) {
    return fits ? Optional.of(writer) : Optional.empty();
  }

  private static Optional<ValueWriter> whole(FieldDescriptor field, DataType type, String path) {
    if (type.equals(DataType.INT)) {
      return Optional.of(
          (column, row) ->
              number(field, BigInteger.valueOf(((Column.Longs) column).values()[row]), path));
    }
    return when(
        type instanceof DataType.Decimal decimal && decimal.scale() == 0,
        (column, row) -> number(field, unscaled((Column.Decimals) column, row), path));
  }

  private static BigInteger unscaled(Column.Decimals column, int row) {
    long low = column.low()[row];
    long[] words = column.high();
    return BigInteger.valueOf(words == null ? low >> 63 : words[row])
        .shiftLeft(64)
        .or(new BigInteger(Long.toUnsignedString(low)));
  }

  /** A whole number in the type that the field has in Java; refused where it has more bits. */
  private static Object number(FieldDescriptor field, BigInteger value, String path) {
    boolean unsigned =
        switch (field.getType()) {
          case UINT32, UINT64, FIXED32, FIXED64 -> true;
          default -> false;
        };
    boolean small = field.getJavaType() == FieldDescriptor.JavaType.INT;
    int bits = small ? 32 : 64;
    boolean fits =
        unsigned ? value.signum() >= 0 && value.bitLength() <= bits : value.bitLength() < bits;
    if (!fits) {
      throw new BadMessage(
          ProblemCode.D301,
          "`"
              + path
              + "` is "
              + value
              + ", which has more than "
              + bits
              + " bits"
              + (unsigned ? " without a sign" : ""));
    }
    return small ? (Object) value.intValue() : (Object) value.longValue();
  }

  private static Optional<ValueWriter> decimal(FieldDescriptor field, DataType type) {
    boolean narrow = field.getJavaType() == FieldDescriptor.JavaType.FLOAT;
    return when(
        type.equals(DataType.DOUBLE),
        (column, row) -> {
          double value = ((Column.Doubles) column).values()[row];
          return narrow ? (Object) narrowed(value, field) : (Object) value;
        });
  }

  private static float narrowed(double value, FieldDescriptor field) {
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw new BadMessage(
          ProblemCode.D301, "`" + field.getName() + "` is " + value + ", which no float holds");
    }
    return narrow;
  }

  private static Optional<ValueWriter> text(DataType type) {
    if (type.equals(DataType.STRING)) {
      return Optional.of((column, row) -> ((Column.Bytes) column).text(row));
    }
    if (type.equals(DataType.JSON)) {
      return Optional.of(
          (column, row) -> {
            Column.Bytes values = (Column.Bytes) column;
            Json json = Json.ofBinary(values.bytes(), values.from(row), values.to(row));
            return json.asText().orElseGet(json::toText);
          });
    }
    if (type instanceof DataType.Decimal decimal) {
      return Optional.of(
          (column, row) ->
              new BigDecimal(unscaled((Column.Decimals) column, row), decimal.scale())
                  .toPlainString());
    }
    if (type.equals(DataType.DATE)) {
      return Optional.of((column, row) -> Times.date(((Column.Longs) column).values()[row]));
    }
    return when(
        type.equals(DataType.TIMESTAMP),
        (column, row) -> Times.timestamp(((Column.Longs) column).values()[row]));
  }

  private static Object bytes(Column column, int row) {
    Column.Bytes values = (Column.Bytes) column;
    int from = values.from(row);
    return ByteString.copyFrom(values.bytes(), from, values.to(row) - from);
  }

  private static Optional<ValueWriter> symbol(FieldDescriptor field, DataType type, String path) {
    EnumDescriptor symbols = field.getEnumType();
    if (type.equals(DataType.INT)) {
      return Optional.of(
          (column, row) -> {
            long number = ((Column.Longs) column).values()[row];
            return (int) number == number
                ? numbered(symbols, (int) number, path)
                : refused(path, Long.toString(number), symbols);
          });
    }
    return when(
        type.equals(DataType.STRING),
        (column, row) -> {
          String name = ((Column.Bytes) column).text(row);
          EnumValueDescriptor found = symbols.findValueByName(name);
          if (found != null) {
            return found;
          }
          return name.matches("-?[0-9]{1,9}")
              ? numbered(symbols, Integer.parseInt(name), path)
              : refused(path, name, symbols);
        });
  }

  private static EnumValueDescriptor numbered(EnumDescriptor symbols, int number, String path) {
    EnumValueDescriptor known = symbols.findValueByNumber(number);
    if (known == null && symbols.isClosed()) {
      return refused(path, Integer.toString(number), symbols);
    }
    return symbols.findValueByNumberCreatingIfUnknown(number);
  }

  private static EnumValueDescriptor refused(String path, String value, EnumDescriptor symbols) {
    throw new BadMessage(
        ProblemCode.D301,
        "`"
            + path
            + "` is "
            + BadMessage.shown(value)
            + ", which is no symbol of `"
            + symbols.getFullName()
            + "`");
  }

  private static Optional<ValueWriter> message(
      FieldDescriptor field, DataType type, String path, Records records) {
    Descriptor message = field.getMessageType();
    return switch (WellKnown.of(message)) {
      case TIMESTAMP -> when(type.equals(DataType.TIMESTAMP), (c, row) -> time(message, c, row));
      case DURATION -> when(type.equals(DataType.DURATION), (c, row) -> duration(message, c, row));
      case WRAPPER -> {
        FieldDescriptor wrapped = WellKnown.wrapped(message);
        ValueWriter inside = of(wrapped, type, path, records);
        yield Optional.of(
            (column, row) ->
                DynamicMessage.newBuilder(message)
                    .setField(wrapped, inside.value(column, row))
                    .build());
      }
      case STRUCT, VALUE, LIST, EMPTY ->
          when(type.equals(DataType.JSON), (column, row) -> json(message, column, row, path));
      case NONE ->
          type instanceof DataType.RecordOf record
              ? Optional.of(records.of(message, record.schema(), path))
              : Optional.empty();
    };
  }

  private static Object time(Descriptor message, Column column, int row) {
    long micros = ((Column.Longs) column).values()[row];
    return parts(
        message,
        Math.floorDiv(micros, Times.MICROS_PER_SECOND),
        (int) Math.floorMod(micros, Times.MICROS_PER_SECOND) * NANOS);
  }

  private static Object duration(Descriptor message, Column column, int row) {
    long micros = ((Column.Longs) column).values()[row];
    return parts(
        message,
        micros / Times.MICROS_PER_SECOND,
        (int) (micros % Times.MICROS_PER_SECOND) * NANOS);
  }

  private static Object parts(Descriptor message, long seconds, int nanos) {
    return DynamicMessage.newBuilder(message)
        .setField(message.findFieldByNumber(1), seconds)
        .setField(message.findFieldByNumber(2), nanos)
        .build();
  }

  private static Object json(Descriptor message, Column column, int row, String path) {
    Column.Bytes values = (Column.Bytes) column;
    return JsonMessage.of(
        message, Json.ofBinary(values.bytes(), values.from(row), values.to(row)), path);
  }

  /** A key of a map, from its text. */
  static Object key(FieldDescriptor key, String text, String path) {
    switch (key.getJavaType()) {
      case STRING:
        return text;
      case BOOLEAN:
        if (text.equals("true") || text.equals("false")) {
          return Boolean.valueOf(text);
        }
        break;
      default:
        if (text.matches("-?[0-9]{1,20}")) {
          return number(key, new BigInteger(text), path);
        }
    }
    throw new BadMessage(
        ProblemCode.D301,
        "`"
            + path
            + "` has the key "
            + BadMessage.shown(text)
            + ", which is no "
            + key.getType().name().toLowerCase(java.util.Locale.ROOT));
  }
}
