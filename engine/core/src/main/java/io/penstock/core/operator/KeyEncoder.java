package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes values as bytes that are equal exactly when the values are: -0.0 is 0.0, NaN is NaN, json
 * is compared by structure and its numbers by value. Single-threaded.
 */
final class KeyEncoder {
  private final ByteBuilder bytes = new ByteBuilder(64);

  /** The bytes written since the last {@link #clear}; good until the next call. */
  ByteBuilder bytes() {
    return bytes;
  }

  void clear() {
    bytes.truncate(0);
  }

  void value(DataType type, Column column, int row) {
    if (column.isNull(row)) {
      bytes.append(0);
      return;
    }
    bytes.append(1);
    if (column instanceof Column.Longs longs) {
      number(longs.values()[row]);
    } else if (column instanceof Column.Doubles doubles) {
      // Adding 0.0 makes a zero of -0.0; doubleToLongBits makes all NaN one.
      number(Double.doubleToLongBits(doubles.values()[row] + 0.0));
    } else if (column instanceof Column.Booleans booleans) {
      bytes.append(booleans.values()[row] ? 1 : 0);
    } else if (column instanceof Column.Decimals decimals) {
      number(decimals.low()[row]);
      number(Columns.high(decimals, row));
    } else if (column instanceof Column.Bytes text) {
      int from = text.from(row);
      int to = text.to(row);
      if (type.equals(DataType.JSON)) {
        json(Json.ofBinary(text.bytes(), from, to));
      } else {
        chunk(text.bytes(), from, to);
      }
    } else {
      nested(type, column, row);
    }
  }

  private void nested(DataType type, Column column, int row) {
    if (column instanceof Column.Lists lists && type instanceof DataType.ListOf list) {
      number(lists.offsets()[row + 1] - lists.offsets()[row]);
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        value(list.element().type(), lists.elements(), i);
      }
    } else if (column instanceof Column.Maps maps && type instanceof DataType.MapOf map) {
      Map<String, Integer> byKey = new TreeMap<>();
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        byKey.put(maps.keys().text(i), i);
      }
      number(byKey.size());
      byKey.forEach(
          (key, at) -> {
            text(key);
            value(map.value().type(), maps.values(), at);
          });
    } else if (column instanceof Column.Records records
        && type instanceof DataType.RecordOf record) {
      Schema schema = record.schema();
      for (int i = 0; i < records.fields().length; i++) {
        value(schema.column(i).type(), records.fields()[i], row);
      }
    } else {
      throw new IllegalStateException(type + " in " + column.getClass());
    }
  }

  private void json(Json value) {
    bytes.append(value.kind().ordinal());
    switch (value.kind()) {
      case NULL -> {}
      case BOOLEAN -> bytes.append(value.asBoolean().orElse(false) ? 1 : 0);
      case NUMBER -> text(value.asDecimal().map(d -> d.stripTrailingZeros().toString()).orElse(""));
      case TEXT -> text(value.asText().orElse(""));
      case LIST -> {
        number(value.size());
        value.elements().forEach(this::json);
      }
      case OBJECT -> {
        number(value.size());
        new TreeMap<>(value.members())
            .forEach(
                (name, member) -> {
                  text(name);
                  json(member);
                });
      }
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    chunk(utf8, 0, utf8.length);
  }

  private void chunk(byte[] from, int start, int end) {
    number(end - start);
    bytes.append(from, start, end - start);
  }

  private void number(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.append((int) (value >>> shift) & 0xff);
    }
  }

  /** Compares two encoded values. */
  static int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }
}
