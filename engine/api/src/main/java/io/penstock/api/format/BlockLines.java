package io.penstock.api.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one block among those of its file. The number of a block's first line is the sum of
 * the lines of all blocks before it, and is made only when somebody asks; what has been counted by
 * then is not counted again. Safe for any number of threads: two that work a number out at once
 * come to the same.
 */
public final class BlockLines {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEVENS = 0x7f7f7f7f7f7f7f7fL;
  private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;
  private static final byte[] COUNTED = new byte[0];

  // Zero while it is not known; then the block before is not needed any more.
  private volatile long first;
  private volatile @Nullable BlockLines before;

  // Below zero while they are not counted; then the bytes are not needed any more.
  private volatile int count = -1;
  private volatile byte[] bytes;
  private final int from;
  private final int to;

  private BlockLines(long first, @Nullable BlockLines before, byte[] bytes, int from, int to) {
    this.first = first;
    this.before = before;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** The lines of a block that begins in the given line, counted from 1. */
  public static BlockLines from(long first, byte[] bytes, int from, int to) {
    return new BlockLines(first, null, bytes, from, to);
  }

  /** The lines of the block that follows this one. */
  public BlockLines next(byte[] nextBytes, int nextFrom, int nextTo) {
    return new BlockLines(0, this, nextBytes, nextFrom, nextTo);
  }

  /** The number of the line in which the block begins, from 1. */
  public long first() {
    long known = first;
    if (known > 0) {
      return known;
    }
    // A block that another thread settles meanwhile ends the way; then it is gone once more.
    while (!settled(true)) {
      Thread.onSpinWait();
    }
    return first;
  }

  /**
   * Goes back to a block whose number is known. The way is short, because a block that is through
   * forgets those before it.
   *
   * @param counting whether blocks that are not counted are counted
   */
  private boolean settled(boolean counting) {
    long sum = 0;
    BlockLines previous = before;
    while (first == 0 && previous != null) {
      if (!counting && previous.count < 0) {
        return false;
      }
      sum += previous.count();
      long start = previous.first;
      if (start > 0) {
        first = start + sum;
        before = null;
      }
      previous = previous.before;
    }
    return first > 0;
  }

  /** How many line feeds the block has. */
  public int count() {
    byte[] own = bytes;
    int known = count;
    if (known < 0) {
      known = in(own, from, to);
      int theirs = count;
      if (theirs >= 0) {
        // Who counts a block may let go of its bytes, so that these were others.
        return theirs;
      }
      counted(known);
    }
    return known;
  }

  /** Says how many line feeds the block has, so that they need not be counted. */
  public void counted(int lines) {
    count = lines;
    bytes = COUNTED;
    boolean unused = settled(false);
  }

  /** How many bytes are line feeds. */
  public static int in(byte[] bytes, int from, int to) {
    int count = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) WORDS.get(bytes, i) ^ FEEDS;
      // The high bit of each byte that is zero, and of no other.
      long zeros = ~((word & SEVENS) + SEVENS | word | SEVENS);
      count += Long.bitCount(zeros);
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
