package io.penstock.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BytesBuilderTest {
  @Test
  void keepsTextsAndNullsInOrder() {
    BytesBuilder builder = new BytesBuilder();

    builder.add("a");
    builder.append("dropped piece");
    builder.addNull();
    builder.add("é☃");
    Column.Bytes column = builder.build();

    assertEquals(3, column.size());
    assertEquals("a", column.text(0));
    assertTrue(column.isNull(1));
    assertEquals("", column.text(1));
    assertEquals("é☃", column.text(2));
    assertEquals(0, builder.size());
  }

  @Test
  void truncateForgetsNullsToo() {
    BytesBuilder builder = new BytesBuilder();

    builder.add("a");
    builder.addNull();
    builder.truncate(1);
    builder.add("b");

    Column.Bytes column = builder.build();
    assertEquals("b", column.text(1));
    assertTrue(column.validity() == null);
  }

  @Test
  void slicesOfASharedArrayAreNotCopied() {
    byte[] block = "one,two,three".getBytes(StandardCharsets.UTF_8);
    BytesBuilder builder = new BytesBuilder();

    builder.sharing(block);
    builder.addNull();
    builder.add(block, 4, 3);
    builder.end();
    builder.add(block, 0, 3);
    Column.Bytes column = builder.build();

    assertSame(block, column.bytes());
    assertTrue(column.isNull(0));
    assertEquals("two", column.text(1));
    assertEquals("", column.text(2));
    assertEquals("one", column.text(3));
  }

  @Test
  void aValueFromElsewhereEndsTheSharing() {
    byte[] block = "one,two,three".getBytes(StandardCharsets.UTF_8);
    BytesBuilder builder = new BytesBuilder();

    builder.sharing(block);
    builder.add(block, 8, 5);
    builder.add(block, 4, 3);
    builder.add("vier");
    builder.add(block, 0, 3);
    builder.truncate(3);
    builder.add(block, 0, 2);
    Column.Bytes column = builder.build();

    assertEquals(List.of("three", "two", "vier", "on"), texts(column));
    builder.add(block, 0, 3);
    assertEquals(List.of("one"), texts(builder.build()));
  }

  @Test
  void truncatedSlicesLeaveTheBuilderAsItWas() {
    byte[] block = "one,two,three".getBytes(StandardCharsets.UTF_8);
    BytesBuilder builder = new BytesBuilder();

    builder.sharing(block);
    builder.add(block, 0, 3);
    builder.add(block, 4, 3);
    builder.truncate(1);
    builder.append("x");
    builder.truncate(1);
    builder.add(block, 8, 5);

    assertEquals(List.of("one", "three"), texts(builder.build()));
  }

  @Test
  void fewRowsDoNotKeepALargeArray() {
    byte[] block = new byte[1 << 20];
    BytesBuilder builder = new BytesBuilder();
    builder.sharing(block);
    for (int i = 0; i < 4000; i++) {
      builder.add(block, i * 200, 200);
    }
    Column.Bytes all = builder.build();

    Column.Bytes few = (Column.Bytes) all.gather(new int[] {7, 9}, 2);
    Column.Bytes many = (Column.Bytes) all.gather(IntStream.range(0, 2000).toArray(), 2000);

    assertEquals(400, few.bytes().length);
    assertEquals(400, few.length());
    assertSame(block, many.bytes());
    assertEquals(400_000, many.packed().bytes().length);
  }

  private static List<String> texts(Column.Bytes column) {
    return IntStream.range(0, column.size()).mapToObj(column::text).toList();
  }
}
