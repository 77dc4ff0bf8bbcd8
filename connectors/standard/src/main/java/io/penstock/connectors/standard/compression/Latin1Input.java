package io.penstock.connectors.standard.compression;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Brings text of one byte per character to UTF-8. */
public final class Latin1Input implements ByteInput {
  // No character needs more in UTF-8.
  private static final int GROWTH = 3;

  private final ByteInput text;
  private final byte[][] utf8 = new byte[256][];
  private byte[] buffer = new byte[0];

  public Latin1Input(ByteInput text, Charset charset) {
    this.text = text;
    for (int i = 0; i < utf8.length; i++) {
      String character = new String(new byte[] {(byte) i}, charset);
      // Bytes that windows-1252 leaves open are taken for the control characters of ISO 8859-1.
      String known = character.equals("\uFFFD") ? String.valueOf((char) i) : character;
      utf8[i] = known.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int most = Math.max(1, length / GROWTH);
    if (length < GROWTH) {
      throw new IllegalArgumentException("room for " + length);
    }
    if (buffer.length < most) {
      buffer = new byte[most];
    }
    int count = text.read(buffer, 0, most);
    if (count < 0) {
      return -1;
    }
    int at = offset;
    for (int i = 0; i < count; i++) {
      byte b = buffer[i];
      if (b >= 0) {
        into[at++] = b;
      } else {
        for (byte part : utf8[b & 0xff]) {
          into[at++] = part;
        }
      }
    }
    return at - offset;
  }

  @Override
  public long consumed() {
    return text.consumed();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
