package io.penstock.connectors.avro;

import io.penstock.api.data.DataType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Single values of Avro's binary form, read as what they stand for. */
final class Values {
  private static final long MICROS = 1000;
  private static final int UUID_BYTES = 16;
  private static final int MOST_SHOWN = 80;

  private Values() {}

  /** An int or a long. */
  static long whole(Schema schema, Cursor in) {
    return schema.getType() == Schema.Type.INT ? in.readInt() : in.readLong();
  }

  /**
   * Where the bytes of a text, of bytes or of a fixed begin; their length is {@code in.at()} less
   * that.
   */
  static int bytes(Schema schema, Cursor in) {
    return in.take(schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : in.readLength());
  }

  /** Notes what is wrong with a text; whether nothing is. */
  static boolean isText(Cursor in, int from, String path) {
    int wrong = Utf8.malformed(in.bytes(), from, in.at());
    if (wrong < 0) {
      return true;
    }
    in.misfit(
        ProblemCode.D102,
        "`"
            + path
            + "` has malformed UTF-8: byte 0x"
            + Integer.toHexString(in.bytes()[wrong] & 0xff));
    return false;
  }

  /** The number of a decimal, with the scale of its schema. */
  static BigDecimal decimal(Schema schema, Cursor in) {
    int from = bytes(schema, in);
    byte[] unscaled = Arrays.copyOfRange(in.bytes(), from, in.at());
    if (unscaled.length == 0) {
      throw in.broken("a decimal has no bytes");
    }
    int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** The number as one of a type, its unscaled value; notes where it has more digits than that. */
  static BigInteger unscaled(BigDecimal value, DataType.Decimal type, Cursor in, String path) {
    BigDecimal exact = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    boolean fits =
        exact.scale() <= type.scale()
            && (long) exact.precision() - exact.scale() <= type.precision() - type.scale();
    if (!fits) {
      in.misfit(
          ProblemCode.D104,
          "`"
              + path
              + "` must be a number of at most "
              + type.precision()
              + " digits, at most "
              + type.scale()
              + " of them after the point, not `"
              + shown(value.toPlainString())
              + "`");
      return BigInteger.ZERO;
    }
    return exact.setScale(type.scale()).unscaledValue();
  }

  /** A time of day or a time in microseconds; notes where there are too many. */
  static long micros(Logical logical, long value, Cursor in, String path) {
    return switch (logical) {
      case TIMESTAMP_MILLIS, TIME_MILLIS -> {
        long high = Math.multiplyHigh(value, MICROS);
        long micros = value * MICROS;
        if (high != micros >> 63) {
          in.misfit(
              ProblemCode.D104,
              "`" + path + "` must be a time in the years up to 292,000, not `" + value + "` ms");
        }
        yield micros;
      }
      case TIMESTAMP_NANOS -> Math.floorDiv(value, MICROS);
      case NONE, DATE, TIME_MICROS, TIMESTAMP_MICROS, UUID, DURATION -> value;
    };
  }

  /** A UUID or a duration of months, days and milliseconds as text. */
  static byte[] text(Logical logical, Schema schema, Cursor in) {
    int from = bytes(schema, in);
    byte[] bytes = in.bytes();
    String text =
        logical == Logical.UUID
            ? uuid(bytes, from)
            : duration(
                littleEndian(bytes, from),
                littleEndian(bytes, from + 4),
                littleEndian(bytes, from + 8));
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String uuid(byte[] bytes, int from) {
    StringBuilder text = new StringBuilder(36);
    for (int i = 0; i < UUID_BYTES; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text.append('-');
      }
      text.append(Character.forDigit(bytes[from + i] >> 4 & 0xf, 16));
      text.append(Character.forDigit(bytes[from + i] & 0xf, 16));
    }
    return text.toString();
  }

  private static String duration(long months, long days, long millis) {
    String seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    return "P" + months + "M" + days + "DT" + seconds + "S";
  }

  private static long littleEndian(byte[] bytes, int from) {
    return bytes[from] & 0xffL
        | (bytes[from + 1] & 0xffL) << 8
        | (bytes[from + 2] & 0xffL) << 16
        | (bytes[from + 3] & 0xffL) << 24;
  }

  static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
