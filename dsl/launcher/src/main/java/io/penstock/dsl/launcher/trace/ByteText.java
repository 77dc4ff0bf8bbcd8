package io.penstock.dsl.launcher.trace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Bytes for people: as text where they are UTF-8 without control characters, else in hex. */
final class ByteText {
  private static final int MOST_BYTES = 64;
  private static final int MOST_CHARACTERS = 4000;

  private ByteText() {}

  /** The text that the bytes are; empty where they are none. */
  static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean plain =
          text.chars().allMatch(c -> c >= 0x20 && c != 0x7f || c == '\n' || c == '\r' || c == '\t');
      return plain ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }

  /** Lines that show the bytes. */
  static List<String> lines(byte[] bytes) {
    Optional<String> text = text(bytes);
    if (text.isPresent()) {
      return RowText.cut(text.get(), MOST_CHARACTERS).lines().toList();
    }
    int shown = Math.min(bytes.length, MOST_BYTES);
    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
    return List.of(bytes.length + " bytes: " + hex + (shown < bytes.length ? " ..." : ""));
  }
}
