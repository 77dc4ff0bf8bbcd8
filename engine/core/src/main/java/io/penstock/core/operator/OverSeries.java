package io.penstock.core.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one group of a step {@code over} that are looked at, numbered in their order, and
 * what is known of those that were given their values. Single-threaded.
 */
final class OverSeries {
  /** What one takes beside its rows, in bytes. */
  static final int BYTES = 144;

  private @Nullable OverPart[] parts = new OverPart[2];
  private int[] rows = new int[2];
  private int head;
  private int size;
  private long first;

  /** The number of its key. */
  int id;

  /** Its number among the groups of aggregates. */
  int group;

  /** The one that its group had before, where rows of that wait or were given their values last. */
  @Nullable OverSeries before;

  /** The number of the next row that is given its values. */
  long next;

  /** The first row of the frame of the row that was given its values last. */
  long from;

  /** The first row behind that frame. */
  long to;

  /** The time of the last row that came. */
  long last = Long.MIN_VALUE;

  // Of the rows that were given their values.
  long given;
  long rank;
  long ranks;
  long givenTime = Long.MIN_VALUE;

  OverSeries(int group) {
    this.group = group;
  }

  /** The number of the first row that is still there. */
  long first() {
    return first;
  }

  /** The number behind the last row. */
  long end() {
    return first + size;
  }

  void add(OverPart part, int row) {
    if (size == rows.length) {
      grow();
    }
    int at = head + size & rows.length - 1;
    parts[at] = part;
    rows[at] = row;
    size++;
  }

  private void grow() {
    @Nullable OverPart[] moreParts = new OverPart[size * 2];
    int[] moreRows = new int[size * 2];
    for (int i = 0; i < size; i++) {
      moreParts[i] = parts[head + i & size - 1];
      moreRows[i] = rows[head + i & size - 1];
    }
    parts = moreParts;
    rows = moreRows;
    head = 0;
  }

  /** The rows among which a row came. */
  OverPart part(long number) {
    return java.util.Objects.requireNonNull(parts[at(number)]);
  }

  /** The index of a row among them. */
  int row(long number) {
    return rows[at(number)];
  }

  long time(long number) {
    int at = at(number);
    return java.util.Objects.requireNonNull(parts[at]).time(rows[at]);
  }

  private int at(long number) {
    return head + (int) (number - first) & rows.length - 1;
  }

  /** The rows before this one are looked at no more. */
  void trim(long number) {
    while (first < number && size > 0) {
      part(first).release(rows[head]);
      parts[head] = null;
      head = head + 1 & rows.length - 1;
      first++;
      size--;
    }
  }

  /** Forgets its rows, but not what is known of those that were given their values. */
  void forget() {
    Arrays.fill(parts, null);
    head = 0;
    size = 0;
    first = 0;
    next = 0;
    from = 0;
    to = 0;
  }

  /** About how many bytes of memory it takes, without the rows themselves. */
  long bytes() {
    return BYTES + 12L * rows.length;
  }
}
