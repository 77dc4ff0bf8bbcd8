package io.penstock.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns of bytes, however they are built, against lists of texts. */
class BytesAgainstListsTest {
  private final Random random = new Random(20261128);
  private final BytesBuilder builder = new BytesBuilder();
  private final List<@Nullable String> expected = new ArrayList<>();
  private byte[] shared = new byte[0];
  private byte[] own = new byte[0];

  @Test
  void columnsHoldWhatWasAdded() {
    for (int round = 0; round < 3000; round++) {
      begin();
      boolean slices = random.nextBoolean();
      for (int step = random.nextInt(200); step > 0; step--) {
        change(slices ? random.nextInt(5) : random.nextInt(9));
        assertEquals(expected.size(), builder.size());
      }
      check(builder.build());
    }
  }

  private void begin() {
    shared = new byte[random.nextInt(2000)];
    own = new byte[random.nextInt(2000)];
    random.nextBytes(shared);
    random.nextBytes(own);
    builder.sharing(random.nextInt(10) == 0 ? new byte[0] : shared);
    expected.clear();
  }

  private void change(int how) {
    switch (how) {
      case 0, 1 -> whole(shared);
      case 2 -> {
        builder.addNull();
        expected.add(null);
      }
      case 3 -> {
        builder.end();
        expected.add("");
      }
      case 4 -> {
        int rows = random.nextInt(expected.size() + 2);
        builder.truncate(rows);
        expected.subList(Math.min(rows, expected.size()), expected.size()).clear();
      }
      case 5 -> whole(own);
      case 6 -> pieces();
      case 7 -> {
        builder.append(own, 0, own.length / 2);
        builder.addNull();
        expected.add(null);
      }
      default -> {
        String text = random.nextBoolean() ? "plain" : "é☃𝄞";
        builder.add(text);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        expected.add(text(utf8, 0, utf8.length));
      }
    }
  }

  private void whole(byte[] from) {
    int offset = random.nextInt(from.length + 1);
    int count = random.nextInt(Math.min(60, from.length - offset) + 1);
    builder.add(from, offset, count);
    expected.add(text(from, offset, count));
  }

  private void pieces() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] from = random.nextBoolean() ? shared : own;
      int count = random.nextInt(Math.min(30, from.length) + 1);
      builder.append(from, from.length - count, count);
      text.append(text(from, from.length - count, count));
    }
    builder.append((byte) 'x');
    builder.end();
    expected.add(text.append('x').toString());
  }

  private void check(Column.Bytes column) {
    assertEquals(expected, values(column));
    int size = expected.size();
    long sum = expected.stream().mapToLong(t -> t == null ? 0 : t.length()).sum();
    assertEquals(sum, column.length());
    Column.Bytes packed = column.packed();
    assertEquals(expected, values(packed));
    assertTrue(packed.bytes().length <= sum);
    if (size > 0) {
      int[] rows = random.ints(random.nextInt(2 * size), 0, size).toArray();
      List<@Nullable String> picked = new ArrayList<>();
      for (int row : rows) {
        picked.add(expected.get(row));
      }
      Column.Bytes gathered = (Column.Bytes) column.gather(rows, rows.length);
      assertEquals(picked, values(gathered));
      assertEquals(picked, values(gathered.packed()));
    }
    // Once built, the builder's own array is not written any more.
    builder.add(own, 0, own.length);
    builder.build();
    assertEquals(expected, values(column));
  }

  private static List<@Nullable String> values(Column.Bytes column) {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < column.size(); i++) {
      int from = column.from(i);
      values.add(column.isNull(i) ? null : text(column.bytes(), from, column.to(i) - from));
      assertTrue(!column.isNull(i) || column.to(i) == from, "the slot of a null is empty");
    }
    return values;
  }

  private static String text(byte[] from, int offset, int count) {
    return new String(from, offset, count, StandardCharsets.ISO_8859_1);
  }
}
