package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {
  @Test
  void readsNumbersOfEachLengthWhateverFollows() {
    Random random = new Random(3);
    for (int round = 0; round < 100_000; round++) {
      int digits = 1 + random.nextInt(8);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < digits; i++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      System.arraycopy(text.toString().getBytes(StandardCharsets.US_ASCII), 0, bytes, 1, digits);
      bytes[1 + digits] = noDigit(random);

      long word = EightBytes.at(bytes, 1);

      assertEquals(digits, EightBytes.digits(word), text.toString());
      assertEquals(Long.parseLong(text.toString()), EightBytes.number(word, digits));
    }
  }

  @Test
  void eachByteIsADigitOrIsNone() {
    for (int value = 0; value < 256; value++) {
      byte[] bytes = {(byte) value, '1', '2', '3', '4', '5', '6', '7'};

      assertEquals(
          value >= '0' && value <= '9' ? 8 : 0, EightBytes.digits(EightBytes.at(bytes, 0)));
    }
  }

  private static byte noDigit(Random random) {
    int value = random.nextInt(256);
    return (byte) (value >= '0' && value <= '9' ? ',' : value);
  }
}
