package io.penstock.core.operator;

import io.penstock.api.data.Batch;
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
import io.penstock.api.data.Validity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole columns put together, copied and measured. */
public final class Columns {
  private Columns() {}

  /** A column of the same text in each row. */
  public static Column.Bytes constant(String text, int size) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[Math.multiplyExact(value.length, size)];
    int[] offsets = new int[size + 1];
    for (int i = 0; i < size; i++) {
      System.arraycopy(value, 0, bytes, i * value.length, value.length);
      offsets[i + 1] = (i + 1) * value.length;
    }
    return Column.Bytes.inARow(size, bytes, offsets, null);
  }

  /** A column of the same number in each row. */
  public static Column.Longs constant(long value, int size) {
    long[] values = new long[size];
    Arrays.fill(values, value);
    return new Column.Longs(size, values, null);
  }

  /** A column without any value. */
  public static Column nulls(DataType type, int size) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < size; i++) {
      builder.addNull();
    }
    return builder.build();
  }

  /** The rows at these indexes; null for an index below 0. */
  public static Column gatherOrNull(Column column, DataType type, int[] rows, int count) {
    boolean missing = false;
    for (int i = 0; i < count && !missing; i++) {
      missing = rows[i] < 0;
    }
    if (!missing) {
      return column.gather(rows, count);
    }
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      append(builder, column, rows[i]);
    }
    return builder.build();
  }

  /** Appends a row of a column to a builder of the same type; null for an index below 0. */
  public static void append(ColumnBuilder to, Column from, int row) {
    if (row < 0 || from.isNull(row)) {
      to.addNull();
    } else if (from instanceof Column.Longs longs && to instanceof LongsBuilder builder) {
      builder.add(longs.values()[row]);
    } else if (from instanceof Column.Bytes bytes && to instanceof BytesBuilder builder) {
      int start = bytes.from(row);
      builder.add(bytes.bytes(), start, bytes.to(row) - start);
    } else if (from instanceof Column.Doubles doubles && to instanceof DoublesBuilder builder) {
      builder.add(doubles.values()[row]);
    } else if (from instanceof Column.Booleans booleans && to instanceof BooleansBuilder builder) {
      builder.add(booleans.values()[row]);
    } else if (from instanceof Column.Decimals decimals && to instanceof DecimalsBuilder builder) {
      builder.add(decimals.low()[row], high(decimals, row));
    } else {
      appendNested(to, from, row);
    }
  }

  private static void appendNested(ColumnBuilder to, Column from, int row) {
    if (from instanceof Column.Lists lists && to instanceof ListsBuilder builder) {
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        append(builder.elements(), lists.elements(), i);
      }
      builder.end();
    } else if (from instanceof Column.Maps maps && to instanceof MapsBuilder builder) {
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        append(builder.keys(), maps.keys(), i);
        append(builder.values(), maps.values(), i);
      }
      builder.end();
    } else if (from instanceof Column.Records records && to instanceof RecordsBuilder builder) {
      for (int i = 0; i < records.fields().length; i++) {
        append(builder.field(i), records.fields()[i], row);
      }
      builder.end();
    } else {
      throw new IllegalStateException(from.getClass() + " into " + to.getClass());
    }
  }

  /** The high word of a decimal. */
  static long high(Column.Decimals column, int row) {
    long[] high = column.high();
    return high == null ? column.low()[row] >> 63 : high[row];
  }

  /** The columns one after the other; of one type, at least one. */
  public static Column concat(List<Column> columns) {
    if (columns.size() == 1) {
      return columns.get(0);
    }
    int size = columns.stream().mapToInt(Column::size).reduce(0, Math::addExact);
    long[] validity = concatValidity(columns, size);
    Column first = columns.get(0);
    if (first instanceof Column.Longs) {
      return new Column.Longs(
          size, concatLongs(columns, size, c -> ((Column.Longs) c).values()), validity);
    }
    if (first instanceof Column.Bytes) {
      return concatBytes(columns, size, validity);
    }
    if (first instanceof Column.Doubles) {
      double[] values = new double[size];
      int at = 0;
      for (Column column : columns) {
        System.arraycopy(((Column.Doubles) column).values(), 0, values, at, column.size());
        at += column.size();
      }
      return new Column.Doubles(size, values, validity);
    }
    if (first instanceof Column.Booleans) {
      boolean[] values = new boolean[size];
      int at = 0;
      for (Column column : columns) {
        System.arraycopy(((Column.Booleans) column).values(), 0, values, at, column.size());
        at += column.size();
      }
      return new Column.Booleans(size, values, validity);
    }
    return concatOthers(columns, size, validity);
  }

  private static Column concatOthers(List<Column> columns, int size, long @Nullable [] validity) {
    Column first = columns.get(0);
    if (first instanceof Column.Decimals) {
      boolean wide = columns.stream().anyMatch(c -> ((Column.Decimals) c).high() != null);
      return new Column.Decimals(
          size,
          concatLongs(columns, size, c -> ((Column.Decimals) c).low()),
          wide ? concatLongs(columns, size, Columns::highWords) : null,
          validity);
    }
    if (first instanceof Column.Lists) {
      return new Column.Lists(
          size,
          concat(columns.stream().map(c -> ((Column.Lists) c).elements()).toList()),
          concatOffsets(columns, size, c -> ((Column.Lists) c).offsets()),
          validity);
    }
    if (first instanceof Column.Maps) {
      return new Column.Maps(
          size,
          (Column.Bytes)
              concat(columns.stream().map(c -> (Column) ((Column.Maps) c).keys()).toList()),
          concat(columns.stream().map(c -> ((Column.Maps) c).values()).toList()),
          concatOffsets(columns, size, c -> ((Column.Maps) c).offsets()),
          validity);
    }
    Column[] fields = new Column[((Column.Records) first).fields().length];
    for (int i = 0; i < fields.length; i++) {
      int field = i;
      fields[i] = concat(columns.stream().map(c -> ((Column.Records) c).fields()[field]).toList());
    }
    return new Column.Records(size, fields, validity);
  }

  private static long[] highWords(Column column) {
    Column.Decimals decimals = (Column.Decimals) column;
    long[] words = new long[decimals.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = high(decimals, i);
    }
    return words;
  }

  private interface Longs {
    long[] of(Column column);
  }

  private interface Offsets {
    int[] of(Column column);
  }

  private static long[] concatLongs(List<Column> columns, int size, Longs longs) {
    long[] values = new long[size];
    int at = 0;
    for (Column column : columns) {
      System.arraycopy(longs.of(column), 0, values, at, column.size());
      at += column.size();
    }
    return values;
  }

  private static int[] concatOffsets(List<Column> columns, int size, Offsets offsets) {
    int[] result = new int[size + 1];
    int at = 0;
    for (Column column : columns) {
      int[] own = offsets.of(column);
      int base = result[at];
      for (int i = 1; i <= column.size(); i++) {
        result[at + i] = Math.addExact(base, own[i] - own[0]);
      }
      at += column.size();
    }
    return result;
  }

  private static Column concatBytes(List<Column> columns, int size, long @Nullable [] validity) {
    long length = 0;
    for (Column column : columns) {
      length += ((Column.Bytes) column).length();
    }
    byte[] bytes = new byte[Math.toIntExact(length)];
    int[] offsets = new int[size + 1];
    int at = 0;
    for (Column column : columns) {
      Column.Bytes own = (Column.Bytes) column;
      for (int row = 0; row < own.size(); row++, at++) {
        int count = own.to(row) - own.from(row);
        System.arraycopy(own.bytes(), own.from(row), bytes, offsets[at], count);
        offsets[at + 1] = offsets[at] + count;
      }
    }
    return Column.Bytes.inARow(size, bytes, offsets, validity);
  }

  private static long @Nullable [] concatValidity(List<Column> columns, int size) {
    if (columns.stream().allMatch(c -> c.validity() == null)) {
      return null;
    }
    long[] words = new long[Validity.words(size)];
    int at = 0;
    for (Column column : columns) {
      for (int i = 0; i < column.size(); i++, at++) {
        if (!column.isNull(i)) {
          words[at >>> 6] |= 1L << at;
        }
      }
    }
    return words;
  }

  /** About how many bytes of memory a batch takes. */
  public static long bytes(Batch batch) {
    long sum = 64 + 12L * batch.size();
    for (Column column : batch.columns()) {
      sum += bytes(column);
    }
    return sum;
  }

  /** About how many bytes of memory a column takes. */
  static long bytes(Column column) {
    long rows = column.size();
    if (column instanceof Column.Longs || column instanceof Column.Doubles) {
      return rows * 8;
    }
    if (column instanceof Column.Bytes bytes) {
      return rows * 8 + bytes.length();
    }
    if (column instanceof Column.Decimals decimals) {
      return rows * (decimals.high() == null ? 8 : 16);
    }
    if (column instanceof Column.Lists lists) {
      return rows * 4 + bytes(lists.elements());
    }
    if (column instanceof Column.Maps maps) {
      return rows * 4 + bytes(maps.keys()) + bytes(maps.values());
    }
    if (column instanceof Column.Records records) {
      long sum = 0;
      for (Column field : records.fields()) {
        sum += bytes(field);
      }
      return sum;
    }
    return rows;
  }

  /** One number for each row. */
  static Column.Longs repeated(long value, int size) {
    long[] values = new long[size];
    java.util.Arrays.fill(values, value);
    return new Column.Longs(size, values, null);
  }
}
