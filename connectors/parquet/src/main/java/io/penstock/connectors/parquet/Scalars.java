package io.penstock.connectors.parquet;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import io.penstock.json.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Ways from the plain values of a file to those of declared types. */
final class Scalars {
  private static final long MILLIS = 1000;
  private static final long JULIAN_1970 = 2_440_588;
  private static final int UUID_BYTES = 16;
  private static final int MOST_SHOWN = 80;

  private Scalars() {}

  /** The way; empty where the two types do not go together. */
  static Optional<Taker> of(PrimitiveType from, DataType to) {
    LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return to instanceof DataType.Decimal wanted
          ? Optional.of(new DecimalTaker(decimal.getScale(), wanted))
          : Optional.empty();
    }
    return switch (from.getPrimitiveTypeName()) {
      case BOOLEAN ->
          when(
              to.equals(DataType.BOOLEAN),
              new Taker() {
                @Override
                public void take(boolean value, Place place) {
                  ((BooleansBuilder) place.fill()).add(value);
                }
              });
      case FLOAT, DOUBLE ->
          when(
              logical == null && to.equals(DataType.DOUBLE),
              new Taker() {
                @Override
                public void take(double value, Place place) {
                  ((DoublesBuilder) place.fill()).add(value);
                }
              });
      case INT32, INT64 -> whole(logical, to);
      case INT96 -> when(to.equals(DataType.TIMESTAMP), (BytesTaker) Scalars::int96);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(from, logical, to);
    };
  }

  /** Whether each value is one of the type, so that none need be read to know. */
  static boolean isTotal(PrimitiveType from, DataType to) {
    boolean plain = from.getLogicalTypeAnnotation() == null;
    return switch (from.getPrimitiveTypeName()) {
      case BOOLEAN -> plain && to.equals(DataType.BOOLEAN);
      case FLOAT, DOUBLE -> plain && to.equals(DataType.DOUBLE);
      case INT32, INT64 -> isTotal(from.getLogicalTypeAnnotation(), to);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> plain && to.equals(DataType.BYTES);
      case INT96 -> false;
    };
  }

  private static boolean isTotal(LogicalTypeAnnotation logical, DataType to) {
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return time.getUnit() != TimeUnit.MILLIS && to.equals(DataType.TIMESTAMP);
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      return time.getUnit() != TimeUnit.MILLIS && to.equals(DataType.DURATION);
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return to.equals(DataType.DATE);
    }
    if (logical instanceof IntLogicalTypeAnnotation number) {
      boolean fits = number.isSigned() || number.getBitWidth() < Long.SIZE;
      return fits && to.equals(DataType.INT) || number.isSigned() && to.equals(DataType.DOUBLE);
    }
    return logical == null && (to.equals(DataType.INT) || to.equals(DataType.DOUBLE));
  }

  /**
   * The value that a whole number of the file is taken as, where greater numbers are never taken as
   * lesser values.
   */
  static OptionalLong ordered(PrimitiveType from, long value) {
    LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return switch (time.getUnit()) {
        case MILLIS -> OptionalLong.empty();
        case MICROS -> OptionalLong.of(value);
        case NANOS -> OptionalLong.of(Math.floorDiv(value, MILLIS));
      };
    }
    boolean signed =
        logical == null
            || logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
            || logical instanceof IntLogicalTypeAnnotation number && number.isSigned();
    return signed ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** Takes bytes alone. */
  @FunctionalInterface
  interface BytesTaker extends Taker {
    @Override
    void take(Binary value, Place place);
  }

  /** Takes whole numbers alone. */
  @FunctionalInterface
  interface WholeTaker extends Taker {
    @Override
    void take(long value, Place place);
  }

  private static Optional<Taker> when(boolean fits, Taker taker) {
    return fits ? Optional.of(taker) : Optional.empty();
  }

  private static Optional<Taker> whole(LogicalTypeAnnotation logical, DataType to) {
    WholeTaker plain = (value, place) -> ((LongsBuilder) place.fill()).add(value);
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return when(to.equals(DataType.TIMESTAMP), scaled(time.getUnit(), plain));
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      return when(to.equals(DataType.DURATION), scaled(time.getUnit(), plain));
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return when(to.equals(DataType.DATE), plain);
    }
    boolean unsigned = logical instanceof IntLogicalTypeAnnotation number && !number.isSigned();
    int bits =
        logical instanceof IntLogicalTypeAnnotation number ? number.getBitWidth() : Long.SIZE;
    if (to.equals(DataType.INT)) {
      return Optional.of(unsigned ? unsigned(bits) : plain);
    }
    if (to.equals(DataType.DOUBLE) && !unsigned) {
      return Optional.of(
          (WholeTaker) (value, place) -> ((DoublesBuilder) place.fill()).add((double) value));
    }
    return to instanceof DataType.Decimal wanted && !unsigned
        ? Optional.of(new DecimalTaker(0, wanted))
        : Optional.empty();
  }

  private static WholeTaker unsigned(int bits) {
    return (value, place) -> {
      if (bits == Long.SIZE && value < 0) {
        place.refuse(
            ProblemCode.D104,
            "must be a number of 63 bits, not `" + Long.toUnsignedString(value) + "`");
        return;
      }
      ((LongsBuilder) place.fill()).add(bits == Integer.SIZE ? value & 0xffffffffL : value);
    };
  }

  /** Takes microseconds on, of whatever unit. */
  static WholeTaker scaled(TimeUnit unit, WholeTaker micros) {
    return (value, place) -> {
      long scaled =
          switch (unit) {
            case MILLIS -> value * MILLIS;
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, MILLIS);
          };
      if (unit == TimeUnit.MILLIS && Math.multiplyHigh(value, MILLIS) != scaled >> 63) {
        place.refuse(ProblemCode.D104, "must be a time that there is, not `" + value + "` ms");
        return;
      }
      micros.take(scaled, place);
    };
  }

  /** Nanoseconds of the day, then the day, counted as astronomers do. */
  private static void int96(Binary value, Place place) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long days = bytes.getInt() - JULIAN_1970;
    long micros = days * Times.MICROS_PER_DAY + Math.floorDiv(nanos, MILLIS);
    ((LongsBuilder) place.fill()).add(micros);
  }

  private static Optional<Taker> bytes(
      PrimitiveType from, LogicalTypeAnnotation logical, DataType to) {
    if (logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
      boolean whole = from.getTypeLength() == UUID_BYTES;
      return when(whole && to.equals(DataType.STRING), (BytesTaker) Scalars::uuid);
    }
    boolean text =
        logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
    if (!text) {
      return when(
          logical == null && to.equals(DataType.BYTES),
          (BytesTaker) (value, place) -> ((BytesBuilder) place.fill()).add(value.getBytes()));
    }
    if (to.equals(DataType.STRING)) {
      return Optional.of((BytesTaker) Scalars::text);
    }
    if (to.equals(DataType.JSON)
        && logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
      return Optional.of((BytesTaker) Scalars::json);
    }
    return when(to.equals(DataType.DURATION), (BytesTaker) Scalars::duration);
  }

  private static void uuid(Binary value, Place place) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes());
    ((BytesBuilder) place.fill()).add(new UUID(bytes.getLong(), bytes.getLong()).toString());
  }

  private static void text(Binary value, Place place) {
    byte[] bytes = value.getBytesUnsafe();
    int wrong = Utf8.malformed(bytes, 0, bytes.length);
    if (wrong >= 0) {
      place.refuse(
          ProblemCode.D102,
          "has malformed UTF-8: byte 0x" + Integer.toHexString(bytes[wrong] & 0xff));
      return;
    }
    ((BytesBuilder) place.fill()).add(bytes);
  }

  private static void json(Binary value, Place place) {
    byte[] bytes = value.getBytes();
    try {
      byte[] binary = Json.parse(bytes, 0, bytes.length).binary();
      ((BytesBuilder) place.fill()).add(binary);
    } catch (JsonProblem wrong) {
      place.refuse(ProblemCode.D104, "must be JSON, not `" + shown(value) + "`");
    }
  }

  private static void duration(Binary value, Place place) {
    long micros = Times.parseDuration(new String(value.getBytes(), StandardCharsets.UTF_8));
    if (micros == Times.NONE) {
      place.refuse(ProblemCode.D104, "must be a duration, not `" + shown(value) + "`");
    } else {
      ((LongsBuilder) place.fill()).add(micros);
    }
  }

  private static String shown(Binary value) {
    String text = new String(value.getBytes(), StandardCharsets.UTF_8);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  /** Takes decimals, and whole numbers as such. */
  private record DecimalTaker(int scale, DataType.Decimal type) implements Taker {
    @Override
    public void take(long value, Place place) {
      take(BigInteger.valueOf(value), place);
    }

    @Override
    public void take(Binary value, Place place) {
      byte[] bytes = value.getBytes();
      if (bytes.length == 0) {
        place.refuse(ProblemCode.D104, "must be a number, and has no bytes");
      } else {
        take(new BigInteger(bytes), place);
      }
    }

    private void take(BigInteger unscaled, Place place) {
      BigDecimal value = new BigDecimal(unscaled, scale);
      BigDecimal exact = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      boolean fits =
          exact.scale() <= type.scale()
              && (long) exact.precision() - exact.scale() <= type.precision() - type.scale();
      if (fits) {
        ((DecimalsBuilder) place.fill()).add(exact.setScale(type.scale()).unscaledValue());
      } else {
        place.refuse(
            ProblemCode.D104,
            "must be a number of at most "
                + type.precision()
                + " digits, at most "
                + type.scale()
                + " of them after the point, not `"
                + value.toPlainString()
                + "`");
      }
    }
  }
}
