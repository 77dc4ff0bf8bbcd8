package io.penstock.connectors.avro;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Writers of values without parts, for each pair of types that goes together. */
final class ScalarWriters {
  private static final long MILLIS = 1000;

  private final Schema schema;
  private final String path;

  ScalarWriters(Schema schema, String path) {
    this.schema = schema;
    this.path = path;
  }

  /** The writer; empty where the two do not go together. */
  Optional<ValueWriter> of(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return decimal(decimal);
    }
    return type instanceof DataType.Simple simple ? simple(simple.kind()) : Optional.empty();
  }

  private Optional<ValueWriter> simple(DataType.Simple.Kind kind) {
    Schema.Type to = schema.getType();
    Logical logical = Logical.of(schema);
    return switch (kind) {
      case BOOLEAN ->
          when(
              to == Schema.Type.BOOLEAN,
              (column, row, out) -> out.append(((Column.Booleans) column).values()[row] ? 1 : 0));
      case INT -> logical == Logical.NONE ? whole() : Optional.empty();
      case DOUBLE -> fraction();
      case STRING -> to == Schema.Type.ENUM ? symbol() : text(to, logical);
      case BYTES -> bytes();
      case JSON -> when(to == Schema.Type.STRING, (column, row, out) -> json(column, row, out));
      case DATE ->
          to == Schema.Type.INT && logical == Logical.DATE
              ? Optional.of((column, row, out) -> Binary.number(int32(longs(column, row)), out))
              : when(
                  to == Schema.Type.STRING, (c, row, out) -> text(Times.date(longs(c, row)), out));
      case TIMESTAMP -> timestamp(logical);
      case DURATION -> duration(logical);
    };
  }

  private static Optional<ValueWriter> when(boolean fits, ValueWriter writer) {
    return fits ? Optional.of(writer) : Optional.empty();
  }

  private static long longs(Column column, int row) {
    return ((Column.Longs) column).values()[row];
  }

  private static void text(String text, io.penstock.json.ByteBuilder out) {
    Binary.bytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  private static void json(Column column, int row, io.penstock.json.ByteBuilder out) {
    Column.Bytes values = (Column.Bytes) column;
    text(Json.ofBinary(values.bytes(), values.from(row), values.to(row)).toText(), out);
  }

  private long int32(long value) {
    if (value != (int) value) {
      throw unheld(Long.toString(value), "has more than the 32 bits of Avro's int");
    }
    return value;
  }

  private BadDatum unheld(String value, String why) {
    return new BadDatum(
        ProblemCode.D301, "`" + path + "` is `" + Values.shown(value) + "`, which " + why);
  }

  private Optional<ValueWriter> whole() {
    return switch (schema.getType()) {
      case LONG -> Optional.of((column, row, out) -> Binary.number(longs(column, row), out));
      case INT -> Optional.of((column, row, out) -> Binary.number(int32(longs(column, row)), out));
      case DOUBLE ->
          Optional.of(
              (column, row, out) ->
                  Binary.littleEndian(
                      Double.doubleToRawLongBits((double) longs(column, row)), Double.BYTES, out));
      case BOOLEAN, FLOAT, STRING, BYTES, FIXED, ENUM, NULL, UNION, RECORD, ARRAY, MAP ->
          Optional.empty();
    };
  }

  private Optional<ValueWriter> fraction() {
    if (schema.getType() == Schema.Type.DOUBLE) {
      return Optional.of(
          (column, row, out) ->
              Binary.littleEndian(
                  Double.doubleToRawLongBits(((Column.Doubles) column).values()[row]),
                  Double.BYTES,
                  out));
    }
    return when(
        schema.getType() == Schema.Type.FLOAT,
        (column, row, out) -> {
          double value = ((Column.Doubles) column).values()[row];
          float narrow = (float) value;
          if (narrow != value && !Double.isNaN(value)) {
            throw unheld(Double.toString(value), "is none of Avro's floats");
          }
          Binary.littleEndian(Float.floatToRawIntBits(narrow), Float.BYTES, out);
        });
  }

  private Optional<ValueWriter> text(Schema.Type to, Logical logical) {
    return when(
        to == Schema.Type.STRING && (logical == Logical.NONE || logical == Logical.UUID),
        (column, row, out) -> Binary.slice((Column.Bytes) column, row, out));
  }

  private Optional<ValueWriter> symbol() {
    return Optional.of(
        (column, row, out) -> {
          String text = ((Column.Bytes) column).text(row);
          if (!schema.hasEnumSymbol(text)) {
            throw unheld(text, "is no symbol of `" + schema.getName() + "`");
          }
          Binary.number(schema.getEnumOrdinal(text), out);
        });
  }

  private Optional<ValueWriter> bytes() {
    if (schema.getLogicalType() != null) {
      return Optional.empty();
    }
    if (schema.getType() == Schema.Type.BYTES) {
      return Optional.of((column, row, out) -> Binary.slice((Column.Bytes) column, row, out));
    }
    return when(
        schema.getType() == Schema.Type.FIXED,
        (column, row, out) -> {
          Column.Bytes values = (Column.Bytes) column;
          int count = values.to(row) - values.from(row);
          if (count != schema.getFixedSize()) {
            throw unheld(count + " bytes", "should be " + schema.getFixedSize());
          }
          out.append(values.bytes(), values.from(row), count);
        });
  }

  private Optional<ValueWriter> timestamp(Logical logical) {
    if (schema.getType() == Schema.Type.STRING) {
      return Optional.of((column, row, out) -> text(Times.timestamp(longs(column, row)), out));
    }
    return when(
        schema.getType() == Schema.Type.LONG
            && (logical == Logical.TIMESTAMP_MICROS
                || logical == Logical.TIMESTAMP_MILLIS
                || logical == Logical.TIMESTAMP_NANOS),
        (column, row, out) -> Binary.number(scaled(logical, longs(column, row)), out));
  }

  /** Microseconds in the unit of the schema, exact. */
  private long scaled(Logical logical, long micros) {
    if (logical == Logical.TIMESTAMP_MILLIS || logical == Logical.TIME_MILLIS) {
      if (micros % MILLIS != 0) {
        throw unheld(micros + " us", "has a part of a millisecond, and the schema has none");
      }
      return micros / MILLIS;
    }
    if (logical == Logical.TIMESTAMP_NANOS) {
      long nanos = micros * MILLIS;
      if (nanos / MILLIS != micros) {
        throw unheld(Times.timestamp(micros), "has more nanoseconds than 64 bits count");
      }
      return nanos;
    }
    return micros;
  }

  private Optional<ValueWriter> duration(Logical logical) {
    if (schema.getType() == Schema.Type.STRING) {
      return Optional.of((column, row, out) -> text(Times.duration(longs(column, row)), out));
    }
    return when(
        logical == Logical.TIME_MILLIS || logical == Logical.TIME_MICROS,
        (column, row, out) -> {
          long micros = longs(column, row);
          if (micros < 0 || micros >= Times.MICROS_PER_DAY) {
            throw unheld(Times.duration(micros), "is no time of a day");
          }
          Binary.number(scaled(logical, micros), out);
        });
  }

  private Optional<ValueWriter> decimal(DataType.Decimal type) {
    if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        (column, row, out) -> {
          BigDecimal value = new BigDecimal(unscaled((Column.Decimals) column, row), type.scale());
          BigDecimal exact = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
          boolean fits =
              exact.scale() <= wanted.getScale()
                  && (long) exact.precision() - exact.scale()
                      <= wanted.getPrecision() - wanted.getScale();
          if (!fits) {
            throw unheld(
                value.toPlainString(),
                "is no decimal(" + wanted.getPrecision() + "," + wanted.getScale() + ")");
          }
          number(exact.setScale(wanted.getScale()).unscaledValue().toByteArray(), out);
        });
  }

  private void number(byte[] unscaled, io.penstock.json.ByteBuilder out) {
    if (schema.getType() == Schema.Type.BYTES) {
      Binary.bytes(unscaled, out);
      return;
    }
    int size = schema.getFixedSize();
    byte[] filled = new byte[size];
    Arrays.fill(filled, (byte) (unscaled[0] >> 7));
    System.arraycopy(unscaled, 0, filled, size - unscaled.length, unscaled.length);
    out.append(filled);
  }

  private static BigInteger unscaled(Column.Decimals column, int row) {
    long low = column.low()[row];
    long[] high = column.high();
    if (high == null) {
      return BigInteger.valueOf(low);
    }
    BigInteger upper = BigInteger.valueOf(high[row]).shiftLeft(Long.SIZE);
    BigInteger lower =
        BigInteger.valueOf(low).and(BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE));
    return upper.or(lower);
  }
}
