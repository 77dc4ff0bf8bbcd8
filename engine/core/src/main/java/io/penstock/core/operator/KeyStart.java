package io.penstock.core.operator;

import io.penstock.json.ByteBuilder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How the entries of a key begin on the disk: a hash, the length of the key, the key. So no key's
 * begin is that of another key, and nothing that follows changes the order of keys.
 * Single-threaded.
 */
final class KeyStart {
  private static final int BEFORE = KeyOrder.HASH + Integer.BYTES;

  private final ByteBuilder bytes = new ByteBuilder(64);
  private final CRC32C crc = new CRC32C();

  /** The begin for the key of a number; good until the next call. */
  ByteBuilder of(KeyIndex index, int id) {
    reserve();
    index.encode(id, bytes);
    byte[] array = bytes.array();
    int length = bytes.length() - BEFORE;
    crc.reset();
    crc.update(array, BEFORE, length);
    int hash = (int) crc.getValue();
    for (int i = 0; i < Integer.BYTES; i++) {
      array[i] = (byte) (hash >>> 24 - 8 * i);
      array[KeyOrder.HASH + i] = (byte) (length >>> 24 - 8 * i);
    }
    return bytes;
  }

  /** The begin for rows that have no key, behind those of all keys. */
  ByteBuilder ofNone() {
    reserve();
    Arrays.fill(bytes.array(), 0, BEFORE, (byte) -1);
    return bytes;
  }

  private void reserve() {
    bytes.truncate(0);
    for (int i = 0; i < BEFORE; i++) {
      bytes.append(0);
    }
  }

  /** The order of keys of one hash. */
  static int compare(byte[] a, byte[] b) {
    return a.length == b.length
        ? Arrays.compareUnsigned(a, b)
        : Integer.compare(a.length, b.length);
  }

  /** How many bytes the begin has that stands before these. */
  static int length(byte[] entry) {
    int length = 0;
    for (int i = KeyOrder.HASH; i < BEFORE; i++) {
      length = length << 8 | entry[i] & 0xff;
    }
    return BEFORE + Math.max(0, length);
  }

  /** Whether a begin of this length is that of rows that have no key. */
  static boolean isNone(int length) {
    return length == BEFORE;
  }

  /** The number in an index of the key that begins so; -1 where it has none. */
  static int number(KeyIndex index, byte[] begin, int length, boolean add) {
    return isNone(length) ? -1 : index.number(begin, BEFORE, length, add);
  }
}
