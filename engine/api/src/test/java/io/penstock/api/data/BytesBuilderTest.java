package io.penstock.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
