package io.penstock.core.expression.function;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** xxHash with 64 bits and the seed 0. */
final class XxHash64 {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private XxHash64() {}

  static long of(byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long hash = bytes.length >= STRIPE ? stripes(data) : P5;
    hash += bytes.length;
    while (data.remaining() >= 8) {
      hash ^= round(0, data.getLong());
      hash = Long.rotateLeft(hash, 27) * P1 + P4;
    }
    if (data.remaining() >= 4) {
      hash ^= Integer.toUnsignedLong(data.getInt()) * P1;
      hash = Long.rotateLeft(hash, 23) * P2 + P3;
    }
    while (data.hasRemaining()) {
      hash ^= (data.get() & 0xFF) * P5;
      hash = Long.rotateLeft(hash, 11) * P1;
    }
    hash = (hash ^ hash >>> 33) * P2;
    hash = (hash ^ hash >>> 29) * P3;
    return hash ^ hash >>> 32;
  }

  private static long stripes(ByteBuffer data) {
    // The sum wraps around on purpose.
    long a = 0x60EA27EEADC0B5D6L;
    long b = P2;
    long c = 0;
    long d = -P1;
    while (data.remaining() >= STRIPE) {
      a = round(a, data.getLong());
      b = round(b, data.getLong());
      c = round(c, data.getLong());
      d = round(d, data.getLong());
    }
    long hash =
        Long.rotateLeft(a, 1)
            + Long.rotateLeft(b, 7)
            + Long.rotateLeft(c, 12)
            + Long.rotateLeft(d, 18);
    hash = join(hash, a);
    hash = join(hash, b);
    hash = join(hash, c);
    return join(hash, d);
  }

  private static long join(long hash, long lane) {
    return (hash ^ round(0, lane)) * P1 + P4;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * P2, 31) * P1;
  }
}
