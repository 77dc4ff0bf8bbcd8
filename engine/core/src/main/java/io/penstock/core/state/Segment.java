package io.penstock.core.state;

import java.util.Arrays;

/**
 * A finished run of bytes of some state, never changed again. Small ones lie in the checkpoint
 * itself, others in a file of their own.
 */
public sealed interface Segment {
  /** Up to this size a segment lies in the checkpoint. */
  int MOST_INLINE = 1 << 20;

  /** How many entries it holds, for people. */
  long entries();

  /** How many bytes it has. */
  long length();

  /** A segment in the checkpoint. */
  record Inline(byte[] bytes, long entries) implements Segment {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Inline that
          && entries == that.entries
          && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /**
   * A segment in a file.
   *
   * @param name of the file in the folder of states
   * @param checksum CRC32C of all its bytes
   */
  record InFile(String name, long length, int checksum, long entries) implements Segment {}
}
