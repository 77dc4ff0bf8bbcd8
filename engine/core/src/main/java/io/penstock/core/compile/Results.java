package io.penstock.core.compile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where generated loops put what they compute: an array for each result, and the rows that are left
 * to closures. Arrays are made anew for each batch, because columns keep them. Single-threaded.
 */
public final class Results {
  private static final long[] NO_WORDS = {};

  private final Object[] arrays;
  private final int[][] offsets;
  private final long[][] validity;
  private final TextOut[] texts;
  private int count;
  private int[] kept = new int[0];
  private int keptCount;
  private int[] left = new int[0];
  private int leftCount;

  Results(int size) {
    this.arrays = new Object[size];
    this.offsets = new int[size][];
    this.validity = new long[size][];
    this.texts = new TextOut[size];
    for (int i = 0; i < size; i++) {
      texts[i] = new TextOut();
    }
  }

  void begin(int rows) {
    count = rows;
    keptCount = 0;
    Arrays.fill(validity, NO_WORDS);
  }

  void beginLoop() {
    leftCount = 0;
  }

  /** The array of a result of longs. */
  public long[] longs(int result) {
    long[] made = new long[count];
    arrays[result] = made;
    return made;
  }

  /** The array of a result of doubles. */
  public double[] doubles(int result) {
    double[] made = new double[count];
    arrays[result] = made;
    return made;
  }

  /** The array of a result of truth values. */
  public boolean[] truths(int result) {
    boolean[] made = new boolean[count];
    arrays[result] = made;
    return made;
  }

  /** The bytes of a result of texts; its offsets are made with it. */
  public TextOut text(int result) {
    texts[result].length = 0;
    offsets[result] = new int[count + 1];
    return texts[result];
  }

  /** Where the texts of a result begin. */
  public int[] offsets(int result) {
    return offsets[result];
  }

  /** The validity words of a result that may be null, all valid at first. */
  public long[] validity(int result) {
    long[] words = new long[(count + 63) >>> 6];
    Arrays.fill(words, -1L);
    validity[result] = words;
    return words;
  }

  /** The array of the rows for which a condition is true. */
  public int[] kept() {
    kept = new int[count];
    return kept;
  }

  /** How many rows are kept. */
  public void kept(int rows) {
    keptCount = rows;
  }

  /** Leaves a row, by its place among those looked at, to closures. */
  public void leave(int index) {
    if (leftCount == left.length) {
      left = Arrays.copyOf(left, Math.max(16, leftCount * 2));
    }
    left[leftCount++] = index;
  }

  Object array(int result) {
    return arrays[result];
  }

  byte[] bytes(int result) {
    return Arrays.copyOf(texts[result].bytes, texts[result].length);
  }

  int[] keptRows() {
    return kept;
  }

  int keptCount() {
    return keptCount;
  }

  /** The places of the rows that the last loop left, ascending. */
  int[] left() {
    return Arrays.copyOf(left, leftCount);
  }

  boolean hasLeft() {
    return leftCount > 0;
  }

  int leftCount() {
    return leftCount;
  }

  /** The validity words of a result; null where no row is null. */
  long @Nullable [] words(int result) {
    long[] words = validity[result];
    for (long word : words) {
      if (word != -1L) {
        return words;
      }
    }
    return null;
  }
}
