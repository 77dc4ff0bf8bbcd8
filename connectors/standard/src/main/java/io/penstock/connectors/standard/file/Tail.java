package io.penstock.connectors.standard.file;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The last bytes that were handed on, up to 4 KiB: they tell a file again. Used by one thread. */
final class Tail {
  /** How many bytes a checksum covers at most. */
  static final int LENGTH = 4096;

  private final byte[] ring = new byte[LENGTH];
  private long count;

  /** Takes bytes that follow those before. */
  void add(byte[] bytes, int from, int to) {
    int start = Math.max(from, to - LENGTH);
    count += start - from;
    for (int at = start; at < to; ) {
      int place = (int) (count % LENGTH);
      int size = Math.min(to - at, LENGTH - place);
      System.arraycopy(bytes, at, ring, place, size);
      at += size;
      count += size;
    }
  }

  /** The CRC32C of the last bytes. */
  int check() {
    CRC32C sum = new CRC32C();
    int place = (int) (count % LENGTH);
    if (count >= LENGTH) {
      sum.update(ring, place, LENGTH - place);
    }
    sum.update(ring, 0, place);
    return (int) sum.getValue();
  }

  /**
   * The bytes of a file before a place in it.
   *
   * @param before at most as many as the file has
   */
  static Tail of(Disk.Reading file, long before) throws IOException {
    int length = (int) Math.min(LENGTH, before);
    byte[] bytes = new byte[length];
    int read = read(file, before - length, bytes);
    Tail tail = new Tail();
    tail.count = before - length;
    tail.add(bytes, 0, read);
    return tail;
  }

  /** The CRC32C of the first bytes of a file, at most so many. */
  static int head(Disk.Reading file, long most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(LENGTH, most)];
    int length = read(file, 0, bytes);
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  private static int read(Disk.Reading file, long from, byte[] into) throws IOException {
    int length = 0;
    while (length < into.length) {
      int count = file.read(from + length, into, length, into.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    return length;
  }

  /** A checksum as people see it. */
  static String shown(int check) {
    return String.format(Locale.ROOT, "%08x", check);
  }

  /** A checksum as it was shown. */
  static int of(String shown) {
    return Integer.parseUnsignedInt(shown, 16);
  }
}
