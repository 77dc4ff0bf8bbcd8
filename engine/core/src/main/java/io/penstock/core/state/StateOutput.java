package io.penstock.core.state;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers, texts and arrays as bytes, gathered in blocks. Single-threaded. */
public final class StateOutput {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 64 << 10;
  // What is written is small more often than not, so a block begins small.
  private static final int FIRST = 1 << 10;
  private static final int LONGEST_NUMBER = 10;

  /** Where the blocks go. */
  @FunctionalInterface
  public interface Target {
    void write(byte[] bytes, int offset, int count) throws IOException;
  }

  private final Target target;
  private byte[] block = new byte[FIRST];
  private int used;
  private long written;

  public StateOutput(Target target) {
    this.target = target;
  }

  /** How many bytes were written. */
  public long length() {
    return written + used;
  }

  /** A whole number, short where it is near zero. */
  public void number(long value) throws IOException {
    room(LONGEST_NUMBER);
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      block[used++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    block[used++] = (byte) rest;
  }

  /** Eight bytes. */
  public void fixed(long value) throws IOException {
    room(Long.BYTES);
    LONGS.set(block, used, value);
    used += Long.BYTES;
  }

  public void flag(boolean value) throws IOException {
    room(1);
    block[used++] = (byte) (value ? 1 : 0);
  }

  /** Up to seven flags in one byte; a single flag is the lowest of them. */
  public void flags(int bits) throws IOException {
    room(1);
    block[used++] = (byte) bits;
  }

  /** A length and so many bytes. */
  public void bytes(byte[] from, int offset, int count) throws IOException {
    number(count);
    raw(from, offset, count);
  }

  /** Bytes without their length. */
  public void raw(byte[] from, int offset, int count) throws IOException {
    if (count > BLOCK) {
      flush();
      target.write(from, offset, count);
      written += count;
      return;
    }
    room(count);
    System.arraycopy(from, offset, block, used, count);
    used += count;
  }

  public void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes(utf8, 0, utf8.length);
  }

  /** So many eight-byte values of an array, without their count. */
  public void longs(long[] values, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      fixed(values[i]);
    }
  }

  private void room(int bytes) throws IOException {
    if (block.length - used >= bytes) {
      return;
    }
    if (BLOCK - used < bytes) {
      flush();
    }
    if (block.length - used < bytes) {
      block = Arrays.copyOf(block, Math.min(BLOCK, Math.max(used + bytes, block.length * 4)));
    }
  }

  /** Hands the last block on. */
  public void flush() throws IOException {
    if (used > 0) {
      target.write(block, 0, used);
      written += used;
      used = 0;
    }
  }
}
