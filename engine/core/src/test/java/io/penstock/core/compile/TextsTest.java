package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.expression.function.Sizes;
import io.penstock.core.expression.function.Text;
import io.penstock.core.expression.function.TextParts;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Text functions on bytes give what the declared functions give, for texts of any characters. */
final class TextsTest {
  private static final int COUNT = 20_000;
  private static final int[] POINTS = {
    ' ', '\t', 0x1C, 'a', 'Z', 'm', '0', 0xDF, 0xE9, 0x130, 0x131, 0x3A3, 0x2003, 0x3000, 0x85,
    0xA0, 0x4E2D, 0x1F600, 0x10400
  };

  private final Random random = new Random(20_260_103);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(POINTS[random.nextInt(random.nextBoolean() ? 7 : POINTS.length)]);
    }
    return text.toString();
  }

  /** The text with other bytes around it, so that nothing reads beyond. */
  private static byte[] framed(String text) {
    return ("é " + text + "é").getBytes(StandardCharsets.UTF_8);
  }

  private static final int FROM = 3;

  private static int to(byte[] bytes) {
    return bytes.length - 2;
  }

  private static String part(byte[] bytes, long part) {
    return Texts.string(bytes, Texts.from(part), Texts.to(part));
  }

  private void each(BiConsumer<String, byte[]> check) {
    for (int i = 0; i < COUNT; i++) {
      String text = text();
      check.accept(text, framed(text));
    }
  }

  @Test
  void trims() {
    each(
        (text, bytes) -> {
          int to = to(bytes);
          assertEquals(Text.trim(text), part(bytes, Texts.trim(bytes, FROM, to)));
          assertEquals(Text.trimStart(text), part(bytes, Texts.trimStart(bytes, FROM, to)));
          assertEquals(Text.trimEnd(text), part(bytes, Texts.trimEnd(bytes, FROM, to)));
        });
  }

  @Test
  void changesCase() {
    TextOut out = new TextOut();
    each(
        (text, bytes) -> {
          out.length = 0;
          Texts.upper(bytes, FROM, to(bytes), out);
          assertEquals(Text.upper(text), Texts.string(out.bytes, 0, out.length));
          out.length = 0;
          Texts.lower(bytes, FROM, to(bytes), out);
          assertEquals(Text.lower(text), Texts.string(out.bytes, 0, out.length));
        });
  }

  /** So many ASCII characters, of every kind, letters' neighbours among them. */
  private byte[] ascii(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(128);
    }
    return bytes;
  }

  @Test
  void changesCaseOfTextsOfEveryLengthThatFillTheirArray() {
    TextOut out = new TextOut();
    for (int i = 0; i < COUNT; i++) {
      byte[] bytes = ascii(i % 41);
      boolean foreign = bytes.length > 0 && i % 5 == 0;
      if (foreign) {
        bytes[random.nextInt(bytes.length)] = (byte) 0xE9;
      }
      String text = Texts.string(bytes, 0, bytes.length);
      out.length = 0;
      Texts.upper(bytes, 0, bytes.length, out);
      Texts.lower(bytes, 0, bytes.length, out);
      assertEquals(Text.upper(text) + Text.lower(text), Texts.string(out.bytes, 0, out.length));
    }
  }

  @Test
  void textsAreUnequalByAnyOneByte() {
    for (int length = 0; length <= 40; length++) {
      byte[] one = ascii(length);
      assertTrue(Texts.equal(one, 0, length, one.clone(), 0, length));
      for (int at = 0; at < length; at++) {
        byte[] other = one.clone();
        other[at] ^= (byte) (1 << random.nextInt(8));
        assertFalse(Texts.equal(one, 0, length, other, 0, length), length + " bytes, " + at);
      }
    }
  }

  @Test
  void takesParts() {
    long[] counts = {0, 1, 2, 3, 7, -1, -2, -9, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 2};
    each(
        (text, bytes) -> {
          int to = to(bytes);
          long n = counts[random.nextInt(counts.length)];
          long length = Math.abs(counts[random.nextInt(9)]);
          assertEquals(
              TextParts.substring(text, n), part(bytes, Texts.substring(bytes, FROM, to, n)));
          assertEquals(
              TextParts.substring(text, n, length),
              part(bytes, Texts.substring(bytes, FROM, to, n, length)));
          assertEquals(TextParts.left(text, n), part(bytes, Texts.left(bytes, FROM, to, n)));
          assertEquals(TextParts.right(text, n), part(bytes, Texts.right(bytes, FROM, to, n)));
          assertEquals(Sizes.length(text), Texts.length(bytes, FROM, to));
        });
  }

  @Test
  void findsParts() {
    each(
        (text, bytes) -> {
          String wanted = text();
          byte[] part = wanted.getBytes(StandardCharsets.UTF_8);
          int to = to(bytes);
          assertEquals(
              TextParts.contains(text, wanted),
              Texts.contains(bytes, FROM, to, part, 0, part.length));
          assertEquals(
              TextParts.startsWith(text, wanted),
              Texts.starts(bytes, FROM, to, part, 0, part.length));
          assertEquals(
              TextParts.endsWith(text, wanted), Texts.ends(bytes, FROM, to, part, 0, part.length));
          assertEquals(text.equals(wanted), Texts.equal(bytes, FROM, to, part, 0, part.length));
        });
  }

  @RepeatedTest(3)
  void writesWholeNumbers() {
    TextOut out = new TextOut();
    for (int i = 0; i < COUNT; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      out.length = 0;
      out.append(number);
      assertEquals(Long.toString(number), Texts.string(out.bytes, 0, out.length));
    }
    for (long number : new long[] {0, 9, 10, 99, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31}) {
      out.length = 0;
      out.append(number);
      assertEquals(Long.toString(number), Texts.string(out.bytes, 0, out.length));
    }
  }
}
