package io.penstock.api.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockLinesTest {
  @Test
  void countsTheBlocksBeforeOnlyWhenAsked() {
    List<BlockLines> blocks = blocks(3);

    assertEquals(201, blocks.get(2).first());
    assertEquals(101, blocks.get(1).first());
    assertEquals(1, blocks.get(0).first());
  }

  @Test
  void takesCountsThatAreToldInAnyOrder() {
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      List<BlockLines> blocks = blocks(20);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);

      order.subList(0, 10).forEach(i -> blocks.get(i).counted(1000));

      long expected = 1;
      for (int i = 0; i < 20; i++) {
        assertEquals(expected, blocks.get(i).first());
        expected += order.subList(0, 10).contains(i) ? 1000 : 100;
      }
    }
  }

  @Test
  void findsLineFeedsInWholeWordsAndBehindThem() {
    byte[] bytes = "\na\n\nbcdefgh\u008a\u000b\n\n\n".getBytes(StandardCharsets.ISO_8859_1);

    for (int from = 0; from < bytes.length; from++) {
      int expected = 0;
      for (int i = from; i < bytes.length; i++) {
        expected += bytes[i] == '\n' ? 1 : 0;
      }
      assertEquals(expected, BlockLines.in(bytes, from, bytes.length));
    }
  }

  private static List<BlockLines> blocks(int count) {
    byte[] bytes = "line\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    List<BlockLines> blocks = new ArrayList<>();
    blocks.add(BlockLines.from(1, bytes, 0, bytes.length));
    while (blocks.size() < count) {
      blocks.add(blocks.get(blocks.size() - 1).next(bytes, 0, bytes.length));
    }
    return blocks;
  }
}
