package io.penstock.connectors.parquet;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Times;
import io.penstock.api.data.ValueType;
import io.penstock.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes the values of a field as Parquet has them: each with the level at which it repeats and the
 * level down to which there is something.
 */
abstract class FieldWriter {
  private final boolean optional;

  /** How deep a value lies that is there: one level more where it might not be. */
  final int depth;

  private FieldWriter(ValueType type, int above) {
    this.optional = type.optional();
    this.depth = above + (optional ? 1 : 0);
  }

  /**
   * A writer.
   *
   * @param above how deep what it lies in does
   * @param repeated how many lists it lies in
   * @param writers those of the plain columns, in the order of the schema
   */
  static FieldWriter of(ValueType type, int above, int repeated, Iterator<ColumnWriter> writers) {
    if (type.type() instanceof DataType.ListOf list) {
      return new OfList(type, list, above, repeated, writers);
    }
    if (type.type() instanceof DataType.MapOf map) {
      return new OfMap(type, map, above, repeated, writers);
    }
    if (type.type() instanceof DataType.RecordOf record) {
      return new OfRecord(type, record, above, repeated, writers);
    }
    return new Plain(type, above, writers.next());
  }

  /** Writes the value of a row, which repeats at a level. */
  final void write(Column column, int row, int level) {
    if (optional && column.isNull(row)) {
      nothing(level, depth - 1);
    } else {
      present(column, row, level);
    }
  }

  /** Says in all plain columns that there is something only down to this depth. */
  abstract void nothing(int level, int down);

  abstract void present(Column column, int row, int level);

  /** A value without parts. */
  private static final class Plain extends FieldWriter {
    private final DataType type;
    private final ColumnWriter writer;

    Plain(ValueType type, int above, ColumnWriter writer) {
      super(type, above);
      this.type = type.type();
      this.writer = writer;
    }

    @Override
    void nothing(int level, int down) {
      writer.writeNull(level, down);
    }

    @Override
    void present(Column column, int row, int level) {
      if (type instanceof DataType.Decimal decimal) {
        decimal(decimal, (Column.Decimals) column, row, level);
        return;
      }
      switch (((DataType.Simple) type).kind()) {
        case BOOLEAN -> writer.write(((Column.Booleans) column).values()[row], level, depth);
        case INT, TIMESTAMP -> writer.write(((Column.Longs) column).values()[row], level, depth);
        case DATE ->
            writer.write(Math.toIntExact(((Column.Longs) column).values()[row]), level, depth);
        case DOUBLE -> writer.write(((Column.Doubles) column).values()[row], level, depth);
        case STRING, BYTES -> {
          Column.Bytes bytes = (Column.Bytes) column;
          int from = bytes.from(row);
          Binary value = Binary.fromReusedByteArray(bytes.bytes(), from, bytes.to(row) - from);
          writer.write(value, level, depth);
        }
        case JSON -> {
          Column.Bytes bytes = (Column.Bytes) column;
          Json json = Json.ofBinary(bytes.bytes(), bytes.from(row), bytes.to(row));
          writer.write(Binary.fromString(json.toText()), level, depth);
        }
        case DURATION ->
            writer.write(
                Binary.fromString(Times.duration(((Column.Longs) column).values()[row])),
                level,
                depth);
      }
    }

    private void decimal(DataType.Decimal decimal, Column.Decimals column, int row, int level) {
      long low = column.low()[row];
      if (decimal.precision() <= FileSchema.LONG_DIGITS) {
        writer.write(low, level, depth);
        return;
      }
      long[] high = column.high();
      byte[] bytes =
          ByteBuffer.allocate(FileSchema.WIDE_BYTES)
              .putLong(high == null ? low >> 63 : high[row])
              .putLong(low)
              .array();
      writer.write(Binary.fromConstantByteArray(bytes), level, depth);
    }
  }

  /** A record inside another. */
  private static final class OfRecord extends FieldWriter {
    private final List<FieldWriter> fields = new ArrayList<>();

    OfRecord(
        ValueType type,
        DataType.RecordOf record,
        int above,
        int repeated,
        Iterator<ColumnWriter> writers) {
      super(type, above);
      for (Field field : record.schema().fields()) {
        fields.add(of(field.type(), depth, repeated, writers));
      }
    }

    @Override
    void nothing(int level, int down) {
      for (FieldWriter field : fields) {
        field.nothing(level, down);
      }
    }

    @Override
    void present(Column column, int row, int level) {
      Column[] values = ((Column.Records) column).fields();
      for (int i = 0; i < values.length; i++) {
        fields.get(i).write(values[i], row, level);
      }
    }
  }

  /** A list. */
  private static final class OfList extends FieldWriter {
    private final FieldWriter elements;
    private final int repeated;

    OfList(
        ValueType type,
        DataType.ListOf list,
        int above,
        int repeated,
        Iterator<ColumnWriter> writers) {
      super(type, above);
      this.repeated = repeated + 1;
      this.elements = of(list.element(), depth + 1, repeated + 1, writers);
    }

    @Override
    void nothing(int level, int down) {
      elements.nothing(level, down);
    }

    @Override
    void present(Column column, int row, int level) {
      Column.Lists lists = (Column.Lists) column;
      int from = lists.offsets()[row];
      int end = lists.offsets()[row + 1];
      if (from == end) {
        elements.nothing(level, depth);
      }
      for (int i = from; i < end; i++) {
        elements.write(lists.elements(), i, i == from ? level : repeated);
      }
    }
  }

  /** A map. */
  private static final class OfMap extends FieldWriter {
    private final FieldWriter keys;
    private final FieldWriter values;
    private final int repeated;

    OfMap(
        ValueType type,
        DataType.MapOf map,
        int above,
        int repeated,
        Iterator<ColumnWriter> writers) {
      super(type, above);
      this.repeated = repeated + 1;
      this.keys = of(ValueType.required(DataType.STRING), depth + 1, repeated + 1, writers);
      this.values = of(map.value(), depth + 1, repeated + 1, writers);
    }

    @Override
    void nothing(int level, int down) {
      keys.nothing(level, down);
      values.nothing(level, down);
    }

    @Override
    void present(Column column, int row, int level) {
      Column.Maps maps = (Column.Maps) column;
      int from = maps.offsets()[row];
      int end = maps.offsets()[row + 1];
      if (from == end) {
        nothing(level, depth);
      }
      for (int i = from; i < end; i++) {
        keys.write(maps.keys(), i, i == from ? level : repeated);
        values.write(maps.values(), i, i == from ? level : repeated);
      }
    }
  }
}
