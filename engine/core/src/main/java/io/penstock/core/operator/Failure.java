package io.penstock.core.operator;

import io.penstock.core.expression.RowError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Why one record or row failed.
 *
 * @param row its index in the batch; -1 where no row was made
 * @param raw the record as it stood in the source
 */
record Failure(int row, RowError error, Optional<Raw> raw) {
  /**
   * Bytes of a record that could not be decoded.
   *
   * @param text as UTF-8, or base64 where they are none
   * @param all how many bytes the record has
   */
  record Raw(String text, String encoding, long all, boolean truncated) {
    /** The most bytes that a dead letter carries. */
    static final int MOST = 1 << 20;

    /** As text whatever it is, malformed bytes as U+FFFD. */
    String shown() {
      return encoding.equals("utf-8")
          ? text
          : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    static Raw of(byte[] bytes, int from, int to, long all) {
      int end = (int) Math.min(to, (long) from + MOST);
      // A cut through a character would make text of the whole record look binary.
      while (end < to && end > from && (bytes[end] & 0xc0) == 0x80) {
        end--;
      }
      boolean truncated = end - from < all;
      try {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, from, end - from))
                .toString();
        return new Raw(text, "utf-8", all, truncated);
      } catch (CharacterCodingException e) {
        byte[] kept = Arrays.copyOfRange(bytes, from, end);
        return new Raw(Base64.getEncoder().encodeToString(kept), "base64", all, truncated);
      }
    }
  }
}
