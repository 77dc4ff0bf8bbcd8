package io.penstock.api.format;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpareArraysTest {
  private final SpareArrays spares = new SpareArrays();

  @Test
  void givesTheArrayOfAReleasedBlockOnce() {
    byte[] bytes = spares.take(1000);
    block(bytes).in(spares).release();

    assertSame(bytes, spares.take(1001));
    assertNotSame(bytes, spares.take(1000));
  }

  @Test
  void givesNoArrayThatIsTooShort() {
    block(spares.take(1000)).in(spares).release();

    assertTrue(spares.take(1_000_000).length >= 1_000_000);
  }

  @Test
  void holdsNoArrayOfLongRecords() {
    byte[] bytes = spares.take(5 << 20);
    block(bytes).in(spares).release();

    assertNotSame(bytes, spares.take(1000));
  }

  @Test
  void theArrayOfABlockThatIsInNoneStaysAsItIs() {
    byte[] bytes = spares.take(1000);
    block(bytes).release();

    assertNotSame(bytes, spares.take(1000));
  }

  private static Block block(byte[] bytes) {
    BlockLines lines = BlockLines.from(1, bytes, 0, bytes.length);
    return new Block(bytes, 0, bytes.length, "s", 0, 0, lines, true, Map.of());
  }
}
