package io.penstock.core.state;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of one key or value after the other, put together in memory. Single-threaded. */
public final class EntryBytes {
  private byte[] bytes = new byte[256];
  private int length;
  private final StateOutput output = new StateOutput(this::take);

  private void take(byte[] from, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length * 2));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Begins anew. */
  public StateOutput begin() {
    length = 0;
    return output;
  }

  /** Ends; gives how many bytes there are. */
  public int end() throws IOException {
    output.flush();
    return length;
  }

  /** Ends; gives the bytes in an array of their own. */
  public byte[] copied() throws IOException {
    int count = end();
    return Arrays.copyOf(bytes, count);
  }

  /** The array in which they stand; good until the next change. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }
}
