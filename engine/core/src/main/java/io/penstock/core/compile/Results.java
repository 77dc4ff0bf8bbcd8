package io.penstock.core.compile;

import io.penstock.api.data.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where generated loops put what they compute: an array for each result, and the rows that are left
 * to closures. Arrays are made anew for each batch, because columns keep them. Single-threaded.
 */
public final class Results {
  private static final long[] NO_WORDS = {};
  private static final int[] NO_ROWS = {};

  private final Object[] arrays;
  private final int[][] starts;
  private final int[][] ends;
  private final long[][] validity;
  private final TextOut[] texts;
  private int count;
  private int[] kept = new int[0];
  private int keptCount;
  private int[] left = new int[0];
  private int leftCount;

  Results(int size) {
    this.arrays = new Object[size];
    this.starts = new int[size][];
    this.ends = new int[size][];
    this.validity = new long[size][];
    this.texts = new TextOut[size];
    for (int i = 0; i < size; i++) {
      texts[i] = new TextOut();
    }
  }

  void begin(int rows) {
    count = rows;
    keptCount = 0;
    for (int i = 0; i < validity.length; i++) {
      validity[i] = NO_WORDS;
    }
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

  /** The bytes of a result of texts. */
  public TextOut text(int result) {
    TextOut text = texts[result];
    text.length = 0;
    return text;
  }

  /** Where the texts of a result begin. */
  public int[] starts(int result) {
    int[] made = new int[count];
    starts[result] = made;
    return made;
  }

  /** Where the texts of a result end. */
  public int[] ends(int result) {
    int[] made = new int[count];
    ends[result] = made;
    return made;
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

  /** The column of a result of texts. */
  Column.Bytes textColumn(int result, long @Nullable [] words) {
    TextOut text = texts[result];
    byte[] bytes = Arrays.copyOf(text.bytes, text.length);
    return new Column.Bytes(count, bytes, starts[result], ends[result], words);
  }

  int[] keptRows() {
    return kept;
  }

  int keptCount() {
    return keptCount;
  }

  /** The places of the rows that the last loop left, ascending. */
  int[] left() {
    return leftCount == 0 ? NO_ROWS : Arrays.copyOf(left, leftCount);
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
