package io.penstock.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Plain texts end where a look at each byte says, wherever the words of the search fall. */
class PlainTextTest {
  // Twice the most that is looked at in one go, and some more.
  private static final int LENGTH = 81;

  @Test
  void eachByteAtEachPlaceEndsATextOrDoesNot() {
    for (int value = 0; value < 256; value++) {
      for (int at = 0; at < LENGTH; at++) {
        byte[] text = letters();
        text[at] = (byte) value;
        for (int from = 0; from <= Math.min(at, 16); from++) {
          assertEquals(byBytes(text, from), PlainText.end(text, from, LENGTH), value + " at " + at);
        }
      }
    }
  }

  @Test
  void twoUnlikeBytesBesideEachOtherAreFoundInTheirOrder() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        byte[] text = letters();
        text[13] = (byte) first;
        text[14] = (byte) second;
        assertEquals(byBytes(text, 6), PlainText.end(text, 6, LENGTH), first + " and " + second);
      }
    }
  }

  @Test
  void nothingBehindTheEndIsLookedAt() {
    byte[] text = letters();
    text[20] = '"';
    for (int to = 0; to <= 20; to++) {
      assertEquals(to, PlainText.end(text, 0, to));
    }
  }

  private static byte[] letters() {
    byte[] text = new byte[LENGTH];
    Arrays.fill(text, (byte) 'a');
    return text;
  }

  private static int byBytes(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
      at++;
    }
    return at;
  }
}
