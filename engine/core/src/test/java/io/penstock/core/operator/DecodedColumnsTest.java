package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecodedColumnsTest {
  private static final byte[] BLOCK = "one two".getBytes(StandardCharsets.UTF_8);

  private final DecodedColumns columns =
      new DecodedColumns(Schema.of(Field.of("text", DataType.STRING)));
  private final BytesBuilder texts = (BytesBuilder) columns.builder(0);

  @Test
  void areSlicedByATextOfTheBlockUntilTheNextOneBegins() {
    columns.begin(BLOCK);
    texts.add(BLOCK, 0, 3);
    assertTrue(columns.build().length == 1 && columns.areSliced());

    texts.add("no slice");
    assertTrue(columns.build().length == 1 && columns.areSliced());

    columns.begin(BLOCK.clone());
    assertFalse(columns.areSliced());
  }

  @Test
  void areNotSlicedByTextsWithBytesOfTheirOwn() {
    columns.begin(BLOCK);
    texts.add(BLOCK, 0, 3);
    texts.append(BLOCK, 4, 3);
    texts.end();
    texts.end();

    assertTrue(columns.build().length == 1 && !columns.areSliced());
  }
}
