package io.penstock.core.state;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link StateOutput} has written. Bytes that end too soon or make no sense are a {@link
 * DamagedException}. Single-threaded.
 */
public final class StateInput implements AutoCloseable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 64 << 10;
  // What is read is small more often than not, so a block begins small.
  private static final int FIRST = 1 << 10;
  private static final int CHUNK = 1 << 20;

  /** Where the bytes come from. */
  public interface Origin extends AutoCloseable {
    /** Reads up to so many bytes; -1 at the end. */
    int read(byte[] into, int offset, int count) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  private final Origin origin;
  private byte[] block;
  private int at;
  private int end;
  private boolean filled;

  public StateInput(Origin origin) {
    this.origin = origin;
    this.block = new byte[FIRST];
  }

  private StateInput(byte[] bytes) {
    this.origin = (into, offset, count) -> -1;
    this.block = bytes;
    this.end = bytes.length;
  }

  /** Reads bytes in memory. */
  public static StateInput of(byte[] bytes) {
    return new StateInput(bytes);
  }

  /** Goes on with other bytes in memory, instead of those at hand. */
  public StateInput over(byte[] bytes, int from, int to) {
    block = bytes;
    at = from;
    end = to;
    filled = false;
    return this;
  }

  /** How many bytes in memory were not read. */
  public int left() {
    return end - at;
  }

  /** Leaves out what was read ahead. */
  void skipBlock() {
    at = end;
  }

  /** Whether all bytes were read. */
  public boolean atEnd() throws IOException {
    return at == end && !refill();
  }

  public long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new DamagedException("a number has too many bytes");
  }

  /** A whole number from 0 to the given greatest one. */
  public int count(long most) throws IOException {
    long value = number();
    if (value < 0 || value > Math.min(most, Integer.MAX_VALUE)) {
      throw new DamagedException("a count is " + value);
    }
    return (int) value;
  }

  public long fixed() throws IOException {
    if (end - at >= Long.BYTES) {
      long value = (long) LONGS.get(block, at);
      at += Long.BYTES;
      return value;
    }
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      value |= (long) next() << shift;
    }
    return value;
  }

  public boolean flag() throws IOException {
    int value = next();
    if (value > 1) {
      throw new DamagedException("a flag is " + value);
    }
    return value == 1;
  }

  /**
   * Flags of one byte.
   *
   * @param known all that may be set
   */
  public int flags(int known) throws IOException {
    int value = next();
    if ((value & ~known) != 0) {
      throw new DamagedException("flags are " + value);
    }
    return value;
  }

  /** Bytes that were written with their length. */
  public byte[] bytes() throws IOException {
    return raw(count(Integer.MAX_VALUE));
  }

  /** So many bytes. */
  public byte[] raw(int count) throws IOException {
    return raw(count, new byte[Math.min(count, CHUNK)]);
  }

  /** So many bytes, in a given array where they fit into it. */
  byte[] raw(int count, byte[] into) throws IOException {
    // Grown as they come, so that a damaged length does not ask for memory that is not there.
    byte[] bytes = into;
    int filled = 0;
    while (filled < count) {
      if (filled == bytes.length) {
        int grown = (int) Math.min(count, Math.max(CHUNK, bytes.length * 2L));
        bytes = java.util.Arrays.copyOf(bytes, grown);
      }
      if (at == end && !refill()) {
        throw new DamagedException("the bytes end too soon");
      }
      int part = Math.min(end - at, Math.min(bytes.length, count) - filled);
      System.arraycopy(block, at, bytes, filled, part);
      at += part;
      filled += part;
    }
    return bytes;
  }

  public String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** So many eight-byte values. */
  public long[] longs(int count) throws IOException {
    long[] values = new long[Math.min(count, CHUNK)];
    for (int i = 0; i < count; i++) {
      if (i == values.length) {
        values = java.util.Arrays.copyOf(values, (int) Math.min(count, values.length * 2L));
      }
      values[i] = fixed();
    }
    return values;
  }

  private int next() throws IOException {
    if (at == end && !refill()) {
      throw new DamagedException("the bytes end too soon");
    }
    return block[at++] & 0xff;
  }

  private boolean refill() throws IOException {
    if (filled && block.length < BLOCK) {
      block = new byte[Math.min(BLOCK, block.length * 4)];
    }
    int count = origin.read(block, 0, block.length);
    filled = count == block.length;
    at = 0;
    end = Math.max(0, count);
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }
}
