package io.penstock.core.operator;

import io.penstock.json.ByteBuilder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.zip.CRC32C;

/**
 * The order in which keys lie in sorted runs: by the CRC32C of their bytes, then by the bytes. It
 * is the same in every process and every later version, and numbers are sorted instead of texts.
 */
final class KeyOrder {
  /** How many bytes of an entry's key are the hash. */
  static final int HASH = Integer.BYTES;

  private KeyOrder() {}

  /** The numbers of all keys of an index, in order. */
  static int[] of(KeyIndex keys) {
    return of(keys, 0, keys.size());
  }

  /** The numbers of some keys of an index, from one to before another, in order. */
  static int[] of(KeyIndex keys, int from, int to) {
    return of(keys, from, to, Arrays::compareUnsigned);
  }

  /** The same, where keys of one hash are in an order of their own. */
  static int[] of(KeyIndex keys, int from, int to, Comparator<byte[]> sameHash) {
    int size = to - from;
    long[] hashed = new long[size];
    ByteBuilder bytes = new ByteBuilder(64);
    CRC32C crc = new CRC32C();
    for (int id = from; id < to; id++) {
      bytes.truncate(0);
      keys.encode(id, bytes);
      // The sign is turned, so that signed order is that of the bytes.
      hashed[id - from] = (long) (hash(crc, bytes.array(), 0, bytes.length()) ^ 1 << 31) << 32 | id;
    }
    Arrays.sort(hashed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = (int) hashed[i];
    }
    for (int i = 1; i < size; i++) {
      if (hashed[i] >> 32 == hashed[i - 1] >> 32) {
        settle(order, hashed, i, keys, sameHash);
      }
    }
    return order;
  }

  /** Moves a key before those of the same hash that are greater. */
  private static void settle(
      int[] order, long[] hashed, int from, KeyIndex keys, Comparator<byte[]> sameHash) {
    byte[] moved = encoded(keys, order[from]);
    int at = from;
    while (at > 0
        && hashed[at - 1] >> 32 == hashed[from] >> 32
        && sameHash.compare(encoded(keys, order[at - 1]), moved) > 0) {
      int id = order[at];
      order[at] = order[at - 1];
      order[--at] = id;
    }
  }

  private static byte[] encoded(KeyIndex keys, int id) {
    ByteBuilder bytes = new ByteBuilder(64);
    keys.encode(id, bytes);
    return bytes.toArray();
  }

  private static int hash(CRC32C crc, byte[] bytes, int from, int count) {
    crc.reset();
    crc.update(bytes, from, count);
    return (int) crc.getValue();
  }

  /** Puts the hash of the bytes after its place in front of them. */
  static void seal(ByteBuilder key, CRC32C crc) {
    byte[] bytes = key.array();
    int hash = hash(crc, bytes, HASH, key.length() - HASH);
    for (int i = 0; i < HASH; i++) {
      bytes[i] = (byte) (hash >>> 24 - 8 * i);
    }
  }

  /** Makes room for the hash of the bytes that follow. */
  static void begin(ByteBuilder key) {
    key.truncate(0);
    key.append(0);
    key.append(0);
    key.append(0);
    key.append(0);
  }
}
