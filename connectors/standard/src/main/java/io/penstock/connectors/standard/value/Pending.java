package io.penstock.connectors.standard.value;

import io.penstock.api.format.Encoder.ByteSink;
import io.penstock.json.ByteBuilder;
import java.io.IOException;

/** How the bytes that an encoder has put together are handed on: many rows at once. */
public final class Pending {
  /** How large the bytes of an encoder are that has written nothing yet. */
  public static final int FIRST = 1 << 8;

  private static final int MOST = 1 << 18;

  private Pending() {}

  /** Hands the bytes on where they are many. */
  public static void flushMany(ByteBuilder bytes, ByteSink to) throws IOException {
    if (bytes.length() >= MOST) {
      flush(bytes, to);
    }
  }

  /** Hands all bytes on; none are left. */
  public static void flush(ByteBuilder bytes, ByteSink to) throws IOException {
    if (bytes.length() > 0) {
      to.write(bytes.array(), 0, bytes.length());
      bytes.truncate(0);
    }
  }
}
