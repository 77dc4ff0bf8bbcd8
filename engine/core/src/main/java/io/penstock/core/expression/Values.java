package io.penstock.core.expression;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The boxed form of values, for closures, tests and everything that is not a hot loop:
 *
 * <ul>
 *   <li>boolean {@code Boolean}; int, timestamp, duration (micros), date (days) {@code Long};
 *       double {@code Double}
 *   <li>decimal {@code BigDecimal}, with the scale of its type
 *   <li>string {@code String}; bytes {@code byte[]}; json {@code io.penstock.json.Json}, JSON's
 *       null being null
 *   <li>list {@code List}; map {@code Map} in insertion order; record {@code Object[]} in the
 *       schema's order (null elements)
 * </ul>
 *
 * Comparing and hashing go by the language's one total order: text by code points, NaN equal to
 * itself and greatest, -0.0 equal to 0.0, null before everything.
 */
public final class Values {
  private Values() {}

  /** The value of a row. */
  public static @Nullable Object get(Column column, DataType type, int row) {
    if (column.isNull(row)) {
      return null;
    }
    if (column instanceof Column.Longs longs) {
      return longs.values()[row];
    }
    if (column instanceof Column.Bytes bytes) {
      return bytes(bytes, type, row);
    }
    if (column instanceof Column.Doubles doubles) {
      return doubles.values()[row];
    }
    if (column instanceof Column.Booleans booleans) {
      return booleans.values()[row];
    }
    if (column instanceof Column.Decimals decimals) {
      return decimal(decimals, ((DataType.Decimal) type).scale(), row);
    }
    if (column instanceof Column.Lists lists) {
      return list(lists, ((DataType.ListOf) type).element().type(), row);
    }
    if (column instanceof Column.Maps maps) {
      return map(maps, ((DataType.MapOf) type).value().type(), row);
    }
    return record((Column.Records) column, ((DataType.RecordOf) type).schema(), row);
  }

  private static @Nullable Object bytes(Column.Bytes column, DataType type, int row) {
    int from = column.from(row);
    int to = column.to(row);
    if (type.equals(DataType.STRING)) {
      return column.text(row);
    }
    if (type.equals(DataType.JSON)) {
      Json json = Json.ofBinary(column.bytes(), from, to);
      return json.isNull() ? null : json;
    }
    return Arrays.copyOfRange(column.bytes(), from, to);
  }

  private static BigDecimal decimal(Column.Decimals column, int scale, int row) {
    long low = column.low()[row];
    long[] high = column.high();
    if (high == null || high[row] == low >> 63) {
      return BigDecimal.valueOf(low, scale);
    }
    BigInteger unscaled =
        BigInteger.valueOf(high[row]).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
    return new BigDecimal(unscaled, scale);
  }

  private static List<?> list(Column.Lists column, DataType element, int row) {
    int from = column.offsets()[row];
    int to = column.offsets()[row + 1];
    List<Object> values = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      values.add(get(column.elements(), element, i));
    }
    return values;
  }

  private static Map<String, ?> map(Column.Maps column, DataType value, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
      values.put(column.keys().text(i), get(column.values(), value, i));
    }
    return values;
  }

  private static @Nullable Object[] record(Column.Records column, Schema schema, int row) {
    @Nullable Object[] values = new Object[column.fields().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(column.fields()[i], schema.column(i).type(), row);
    }
    return values;
  }

  /** Appends a value to a builder for its type. */
  public static void append(ColumnBuilder builder, DataType type, @Nullable Object value) {
    if (value == null) {
      builder.addNull();
    } else if (builder instanceof LongsBuilder longs) {
      longs.add((Long) value);
    } else if (builder instanceof BytesBuilder bytes) {
      appendBytes(bytes, value);
    } else if (builder instanceof DoublesBuilder doubles) {
      doubles.add((Double) value);
    } else if (builder instanceof BooleansBuilder booleans) {
      booleans.add((Boolean) value);
    } else if (builder instanceof DecimalsBuilder decimals) {
      decimals.add(((BigDecimal) value).unscaledValue());
    } else if (builder instanceof ListsBuilder lists) {
      appendList(lists, ((DataType.ListOf) type).element().type(), (List<?>) value);
    } else if (builder instanceof MapsBuilder maps) {
      appendMap(maps, ((DataType.MapOf) type).value().type(), (Map<?, ?>) value);
    } else if (builder instanceof RecordsBuilder records) {
      appendRecord(records, ((DataType.RecordOf) type).schema(), (Object[]) value);
    }
  }

  private static void appendBytes(BytesBuilder builder, Object value) {
    if (value instanceof String text) {
      builder.add(text);
    } else if (value instanceof Json json) {
      builder.add(json.binary());
    } else {
      builder.add((byte[]) value);
    }
  }

  private static void appendList(ListsBuilder builder, DataType element, List<?> values) {
    for (Object value : values) {
      append(builder.elements(), element, value);
    }
    builder.end();
  }

  private static void appendMap(MapsBuilder builder, DataType type, Map<?, ?> values) {
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      builder.keys().add((String) entry.getKey());
      append(builder.values(), type, entry.getValue());
    }
    builder.end();
  }

  private static void appendRecord(
      RecordsBuilder builder, Schema schema, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      append(builder.field(i), schema.column(i).type(), values[i]);
    }
    builder.end();
  }

  /** The canonical text: that of a text itself, JSON for lists, maps and records. */
  public static String toText(DataType type, Object value) {
    return ValueText.of(type, value);
  }

  /** Whether two values of a type are equal; null equals null. */
  public static boolean equal(DataType type, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b;
    }
    return a == b || Ordering.equal(type, a, b);
  }

  /** The total order; null comes first. */
  public static int compare(DataType type, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return Ordering.compare(type, a, b);
  }

  /** Equal values have equal hashes. */
  public static int hash(DataType type, @Nullable Object value) {
    return value == null ? 0 : Ordering.hash(type, value);
  }
}
