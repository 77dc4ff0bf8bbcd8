package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FramesTest {
  private static final int MOST = 20;

  private static List<String> cut(
      Optional<Framing> framing, String text, boolean broken, Random random) {
    Frames frames = new Frames(framing, MOST);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> found = new ArrayList<>();
    int at = 0;
    while (at < bytes.length && !frames.isLost()) {
      int count = Math.min(bytes.length - at, 1 + random.nextInt(bytes.length));
      frames.add(ByteBuffer.wrap(bytes, at, count));
      at += count;
      Optional<Frames.Frame> frame = frames.next();
      while (frame.isPresent()) {
        found.add(shown(frame.get()));
        frame = frames.next();
      }
    }
    frames.end(broken).ifPresent(frame -> found.add(shown(frame)));
    return found;
  }

  private static String shown(Frames.Frame frame) {
    String text = new String(frame.bytes(), StandardCharsets.UTF_8);
    return frame.wrong().map(wrong -> wrong.code() + " " + wrong.message()).orElse(text);
  }

  private static void assertCut(
      Optional<Framing> framing, String text, boolean broken, String... expected) {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      assertEquals(List.of(expected), cut(framing, text, broken, random), text);
    }
  }

  private static final Optional<Framing> LINES = Optional.of(Framing.LINES);
  private static final Optional<Framing> COUNTS = Optional.of(Framing.OCTET_COUNTING);

  @Test
  void linesAreRecordsAndEmptyOnesAreNone() {
    assertCut(LINES, "a\r\n\n\r\nbé\nc", false, "a", "bé", "c");
    assertCut(LINES, "12 a\n", false, "12 a");
    assertCut(LINES, "", false);
  }

  @Test
  void aLineThatIsTooLongIsPassedOver() {
    String line = "x".repeat(50);

    List<String> found = cut(LINES, "a\n" + line + "\nb\n", false, new Random(1));

    assertEquals(3, found.size());
    assertEquals("a", found.get(0));
    assertTrue(found.get(1).startsWith("D107 "), found.get(1));
    assertEquals("b", found.get(2));
  }

  @Test
  void aConnectionThatBreaksLeavesARecordThatIsNone() {
    assertCut(LINES, "a\nb", true, "a", "D101 the connection ended within a record");
    assertCut(COUNTS, "1 a2 b", false, "a", "D101 the connection ended within a record");
    assertCut(COUNTS, "1 a1", false, "a", "D101 the connection ended within a record");
  }

  @Test
  void countsTellRecordsApart() {
    assertCut(COUNTS, "1 a4 b\nc\n3 é.\n1 d", false, "a", "b\nc\n", "é.", "d");
  }

  @Test
  void behindACountThatIsNoneNothingIsRead() {
    String none = "D101 before a message stands no count of its bytes; the connection is closed";
    assertCut(COUNTS, "1 a<13>b\n", false, "a", none);
    assertCut(COUNTS, "1 a12b c", false, "a", none);
    assertCut(COUNTS, "0 a", false, none);
    assertCut(COUNTS, "12345678901 a", false, none);
    List<String> large = cut(COUNTS, "21 a", false, new Random(1));
    assertTrue(large.get(0).startsWith("D107 a message says that it has 21 bytes: "), large.get(0));
  }

  @Test
  void theFirstByteTellsTheFraming() {
    assertCut(Optional.empty(), "<1>a\n<1>b\n", false, "<1>a", "<1>b");
    assertCut(Optional.empty(), "4 <1>a5 <1>b\n", false, "<1>a", "<1>b\n");
  }

  @Test
  void manyRecordsMoveThroughOneBuffer() {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      text.append(i).append('\n');
      expected.add(Integer.toString(i));
    }

    assertEquals(expected, cut(LINES, text.toString(), false, new Random(2)));
  }
}
