package io.penstock.connectors.jdbc;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Takes the values of one column of an answer, as those of a field. */
final class FieldValue {
  private static final long MICROS = 1_000_000L;
  private static final long NANOS = 1000L;

  private final Field field;
  private final int index;
  private final boolean zoned;
  private final Taking taking;
  private long taken;
  private long number;

  /** Takes a value; false where it is null. */
  @FunctionalInterface
  private interface Taking {
    boolean take(ResultSet from, int index, ColumnBuilder to) throws SQLException;
  }

  /** A value that its field cannot have. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Of a column.
   *
   * @param index from 1
   * @param type the column's type, as the dialect writes it
   */
  FieldValue(Field field, int index, String type, Dialect dialect) {
    this.field = field;
    this.index = index;
    this.zoned = dialect.isZoned(type);
    this.taking = taking(field.type().type());
  }

  /** Takes the value of the row at hand. */
  void take(ResultSet from, ColumnBuilder to) throws SQLException, Unfit {
    try {
      if (taking.take(from, index, to)) {
        return;
      }
    } catch (ArithmeticException | IllegalArgumentException wrong) {
      throw new Unfit(
          "`" + field.name() + "` does not fit " + field.type() + ": `" + shown(from) + "`");
    }
    if (!field.type().optional()) {
      throw new Unfit("`" + field.name() + "` is null, and its field is " + field.type());
    }
    to.addNull();
  }

  /** How many signs of texts were taken since this was asked last. */
  long taken() {
    long since = taken;
    taken = 0;
    return since;
  }

  /** The last number, time or day that was taken. */
  long number() {
    return number;
  }

  private String shown(ResultSet from) throws SQLException {
    String text = from.getString(index);
    return text == null || text.length() <= 80 ? String.valueOf(text) : text.substring(0, 80);
  }

  private Taking taking(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return (from, at, to) -> decimal(from, at, decimal, (DecimalsBuilder) to);
    }
    return switch (((DataType.Simple) type).kind()) {
      case BOOLEAN ->
          (from, at, to) -> {
            boolean value = from.getBoolean(at);
            if (from.wasNull()) {
              return false;
            }
            ((BooleansBuilder) to).add(value);
            return true;
          };
      case INT ->
          (from, at, to) -> {
            long value = from.getLong(at);
            return !from.wasNull() && add(value, to);
          };
      case DOUBLE ->
          (from, at, to) -> {
            double value = from.getDouble(at);
            if (from.wasNull()) {
              return false;
            }
            ((DoublesBuilder) to).add(value);
            return true;
          };
      case STRING ->
          (from, at, to) -> {
            String value = from.getString(at);
            if (value == null) {
              return false;
            }
            taken += value.length();
            ((BytesBuilder) to).add(value);
            return true;
          };
      case BYTES ->
          (from, at, to) -> {
            byte[] value = from.getBytes(at);
            if (value == null) {
              return false;
            }
            taken += value.length;
            ((BytesBuilder) to).add(value);
            return true;
          };
      case TIMESTAMP -> this::time;
      case DATE ->
          (from, at, to) -> {
            LocalDate value = from.getObject(at, LocalDate.class);
            return value == null ? isNull(from, at) : add(day(value), to);
          };
      case DURATION -> throw new IllegalArgumentException("durations are not read");
      case JSON ->
          (from, at, to) -> {
            String value = from.getString(at);
            if (value == null) {
              return false;
            }
            taken += value.length();
            ((BytesBuilder) to).add(Json.parse(value).binary());
            return true;
          };
    };
  }

  private boolean add(long value, ColumnBuilder to) {
    number = value;
    ((LongsBuilder) to).add(value);
    return true;
  }

  private static boolean decimal(ResultSet from, int at, DataType.Decimal type, DecimalsBuilder to)
      throws SQLException {
    BigDecimal value = from.getBigDecimal(at);
    if (value == null) {
      return false;
    }
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException();
    }
    to.add(scaled.unscaledValue());
    return true;
  }

  private boolean time(ResultSet from, int at, ColumnBuilder to) throws SQLException {
    Instant value;
    if (zoned) {
      OffsetDateTime time = from.getObject(at, OffsetDateTime.class);
      if (time == null) {
        return false;
      }
      if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
        throw new ArithmeticException();
      }
      value = time.toInstant();
    } else {
      LocalDateTime time = from.getObject(at, LocalDateTime.class);
      if (time == null) {
        return isNull(from, at);
      }
      if (time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)) {
        throw new ArithmeticException();
      }
      value = time.toInstant(ZoneOffset.UTC);
    }
    return add(micros(value), to);
  }

  // The day zero of MariaDB is told as null, and is none.
  private static boolean isNull(ResultSet from, int at) throws SQLException {
    if (from.getString(at) != null) {
      throw new ArithmeticException();
    }
    return false;
  }

  private static long micros(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / NANOS);
  }

  private static long day(LocalDate date) {
    if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
      throw new ArithmeticException();
    }
    return date.toEpochDay();
  }
}
