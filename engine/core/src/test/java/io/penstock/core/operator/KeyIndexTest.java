package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index against a HashMap. */
class KeyIndexTest {
  private static final int ROUNDS = 60;

  // A value that is none.
  private static final Object NULL = new Object();

  static List<List<DataType>> types() {
    return List.of(
        List.of(DataType.STRING),
        List.of(DataType.BYTES),
        List.of(DataType.INT),
        List.of(DataType.TIMESTAMP),
        List.of(DataType.DOUBLE),
        List.of(DataType.STRING, DataType.INT),
        List.of(DataType.STRING, DataType.STRING, DataType.DOUBLE));
  }

  @ParameterizedTest
  @MethodSource("types")
  void numbersKeysAsAMapDoes(List<DataType> types) {
    Random random = new Random(types.hashCode());
    for (int distinct : new int[] {1, 40, 400, 30_000}) {
      KeyIndex index = new KeyIndex(types);
      Map<List<Object>, Integer> map = new HashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        List<List<Object>> keys = keys(types, distinct, random);
        Column[] columns = columns(types, keys, random);
        int[] found = new int[keys.size()];
        index.find(columns, keys.size(), found);
        assertArrayEquals(keys.stream().mapToInt(k -> map.getOrDefault(k, -1)).toArray(), found);

        keys.forEach(key -> map.putIfAbsent(key, map.size()));
        index.number(columns, keys.size(), found);

        int[] expected = keys.stream().mapToInt(map::get).toArray();
        assertArrayEquals(expected, found, () -> keys.toString());
        assertEquals(map.size(), index.size());
        index.reader().find(columns(types, keys, random), keys.size(), found);
        assertArrayEquals(expected, found, "elsewhere in memory");
      }
      assertTrue(distinct < 1000 || map.size() > 5000, "it grows");
      assertEquals(inOrder(map), values(index.keys(), map.size()));
    }
  }

  private static List<List<Object>> keys(List<DataType> types, int distinct, Random random) {
    List<List<Object>> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(400); i > 0; i--) {
      List<Object> key = new ArrayList<>();
      for (DataType type : types) {
        key.add(random.nextInt(20) == 0 ? NULL : value(type, random.nextInt(distinct)));
      }
      keys.add(key);
    }
    return keys;
  }

  // Lengths from 0 to 40; many texts differ in one byte only, some in a NUL at the end.
  private static Object value(DataType type, int number) {
    if (type.equals(DataType.INT) || type.equals(DataType.TIMESTAMP)) {
      return number % 3 == 0 ? (long) number << 40 : number % 3 == 1 ? (long) -number : number;
    }
    if (type.equals(DataType.DOUBLE)) {
      return number == 0 ? 0.0 : number == 1 ? Double.NaN : number / 8.0 - 5;
    }
    Random own = new Random(number);
    byte[] text = new byte[own.nextInt(41)];
    for (int i = 0; i < 2 && text.length > 0; i++) {
      text[own.nextInt(text.length)] = (byte) own.nextInt(256);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static Column[] columns(List<DataType> types, List<List<Object>> keys, Random random) {
    Column[] columns = new Column[types.size()];
    for (int i = 0; i < columns.length; i++) {
      int part = i;
      List<Object> values = new ArrayList<>();
      keys.forEach(key -> values.add(key.get(part)));
      columns[i] =
          types.get(i).equals(DataType.STRING) || types.get(i).equals(DataType.BYTES)
              ? texts(values, random)
              : numbers(types.get(i), values);
    }
    return columns;
  }

  private static Column numbers(DataType type, List<Object> values) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (Object value : values) {
      if (value == NULL) {
        builder.addNull();
      } else if (builder instanceof DoublesBuilder doubles) {
        double given = ((Number) value).doubleValue();
        doubles.add(given == 0 && builder.size() % 2 == 0 ? -0.0 : given);
      } else {
        ((LongsBuilder) builder).add(((Number) value).longValue());
      }
    }
    return builder.build();
  }

  /** Texts in any order in an array, with other bytes between them, the last at its very end. */
  private static Column texts(List<Object> values, Random random) {
    List<Integer> order = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < values.size(); i++) {
      order.add(i);
      length += values.get(i) == NULL ? 0 : ((String) values.get(i)).length();
    }
    Collections.shuffle(order, random);
    int[] gaps = random.ints(values.size(), 0, 4).toArray();
    byte[] shared = new byte[length + Arrays.stream(gaps).sum()];
    random.nextBytes(shared);
    BytesBuilder builder = new BytesBuilder();
    builder.sharing(shared);
    int[] starts = new int[values.size()];
    int at = 0;
    for (int i : order) {
      at += gaps[i];
      starts[i] = at;
      if (values.get(i) != NULL) {
        byte[] text = ((String) values.get(i)).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, shared, at, text.length);
        at += text.length;
      }
    }
    for (int i = 0; i < starts.length; i++) {
      if (values.get(i) == NULL) {
        builder.addNull();
      } else {
        builder.add(shared, starts[i], ((String) values.get(i)).length());
      }
    }
    return builder.build();
  }

  private static List<List<Object>> inOrder(Map<List<Object>, Integer> map) {
    return map.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<List<Object>> values(Column[] columns, int count) {
    List<List<Object>> keys = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<Object> key = new ArrayList<>();
      for (Column column : columns) {
        key.add(column.isNull(row) ? NULL : value(column, row));
      }
      keys.add(key);
    }
    return keys;
  }

  private static Object value(Column column, int row) {
    if (column instanceof Column.Longs longs) {
      return longs.values()[row];
    }
    if (column instanceof Column.Doubles doubles) {
      return doubles.values()[row] + 0.0;
    }
    Column.Bytes texts = (Column.Bytes) column;
    int from = texts.from(row);
    return new String(texts.bytes(), from, texts.to(row) - from, StandardCharsets.ISO_8859_1);
  }
}
