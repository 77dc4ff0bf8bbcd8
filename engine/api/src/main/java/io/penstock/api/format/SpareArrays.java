package io.penstock.api.format;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The arrays of blocks that nobody reads any more, for blocks to come. A fresh array has to be
 * cleared before it is filled, and lies in memory that is near to no processor. Thread-safe: a
 * reader takes, whoever has decoded a block puts back.
 */
public final class SpareArrays {
  private static final int MOST = 32;
  private static final int ROUND = 1 << 12;

  /** Longer ones are of long records, and would be held for as long as the run goes on. */
  private static final int LONGEST = 4 << 20;

  private final BlockingQueue<byte[]> arrays = new ArrayBlockingQueue<>(MOST);

  /** An array of this length at least, with anything in it. */
  public byte[] take(int least) {
    byte[] spare = arrays.poll();
    return spare != null && spare.length >= least ? spare : new byte[rounded(least)];
  }

  // What is left over of the block before differs in length, and the array is to do for any.
  private static int rounded(int least) {
    return (int) Math.min(Integer.MAX_VALUE - 8, (least + (long) ROUND - 1) / ROUND * ROUND);
  }

  /** Nobody reads this array any more. */
  void put(byte[] array) {
    boolean unused = array.length <= LONGEST && arrays.offer(array);
  }
}
