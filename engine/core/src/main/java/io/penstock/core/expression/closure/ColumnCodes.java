package io.penstock.core.expression.closure;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import io.penstock.json.JsonBinary;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads columns. */
final class ColumnCodes {
  private ColumnCodes() {}

  static Code of(ValueType valueType, int index) {
    DataType type = valueType.type();
    if (type instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case BOOLEAN -> truths(index);
        case INT, TIMESTAMP, DATE, DURATION -> longs(index);
        case DOUBLE -> doubles(index);
        case STRING -> new TextColumn(index);
        case JSON -> new JsonColumn(index);
        case BYTES -> frame -> Values.get(frame.columns[index], type, frame.row);
      };
    }
    if (type instanceof DataType.Decimal decimal) {
      return new DecimalColumn(index, decimal);
    }
    return frame -> Values.get(frame.columns[index], type, frame.row);
  }

  private static Code.OfTruth truths(int index) {
    return frame -> {
      Column.Booleans column = (Column.Booleans) frame.columns[index];
      frame.missing = column.isNull(frame.row);
      return column.values()[frame.row];
    };
  }

  private static Code.OfLong longs(int index) {
    return frame -> {
      Column.Longs column = (Column.Longs) frame.columns[index];
      frame.missing = column.isNull(frame.row);
      return column.values()[frame.row];
    };
  }

  private static Code.OfDouble doubles(int index) {
    return frame -> {
      Column.Doubles column = (Column.Doubles) frame.columns[index];
      frame.missing = column.isNull(frame.row);
      return column.values()[frame.row];
    };
  }

  /** A column of text. */
  record TextColumn(int index) implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      Column.Bytes column = (Column.Bytes) frame.columns[index];
      return column.isNull(frame.row) ? null : column.text(frame.row);
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      Column.Bytes column = (Column.Bytes) frame.columns[index];
      if (column.isNull(frame.row)) {
        return false;
      }
      int from = column.from(frame.row);
      to.append(column.bytes(), from, column.to(frame.row) - from);
      return true;
    }
  }

  /** A column of decimals. */
  record DecimalColumn(int index, DataType.Decimal type) implements Code.Scaled {
    @Override
    public @Nullable Object value(Frame frame) {
      return Values.get(frame.columns[index], type, frame.row);
    }

    @Override
    public long scaled(Frame frame) {
      Column.Decimals column = (Column.Decimals) frame.columns[index];
      frame.missing = column.isNull(frame.row);
      long low = column.low()[frame.row];
      long[] high = column.high();
      if (high != null && high[frame.row] != low >> 63) {
        frame.wide = true;
      }
      return low;
    }

    @Override
    public int scale() {
      return type.scale();
    }
  }

  /** A column of json. */
  record JsonColumn(int index) implements Code.OfJson {
    @Override
    public int find(Frame frame) {
      Column.Bytes column = (Column.Bytes) frame.columns[index];
      if (column.isNull(frame.row)) {
        return -1;
      }
      frame.json = column.bytes();
      return notNull(frame.json, column.from(frame.row));
    }

    @Override
    public @Nullable Object value(Frame frame) {
      return boxed(frame, find(frame));
    }
  }

  /** A member of a json object. */
  record Member(OfJson of, byte[] name) implements Code.OfJson {
    Member(OfJson of, String name) {
      this(of, name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int find(Frame frame) {
      int at = of.find(frame);
      if (at < 0 || JsonBinary.kind(frame.json, at) != Json.Kind.OBJECT) {
        return -1;
      }
      int found = JsonBinary.member(frame.json, at, name);
      return found < 0 ? -1 : notNull(frame.json, found);
    }

    @Override
    public @Nullable Object value(Frame frame) {
      return boxed(frame, find(frame));
    }
  }

  /** JSON's null is null. */
  static int notNull(byte[] json, int at) {
    return JsonBinary.kind(json, at) == Json.Kind.NULL ? -1 : at;
  }

  static @Nullable Json boxed(Frame frame, int at) {
    return at < 0 ? null : Json.ofBinary(frame.json, at, JsonBinary.end(frame.json, at));
  }
}
