package io.penstock.core.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The positions of a unit's records, in order; -1 where a source gives none. Single-threaded. */
final class UnitRecords {
  private final List<long[]> parts = new ArrayList<>();
  private int size;

  void clear() {
    parts.clear();
    size = 0;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** The records that follow; the array is kept, so it must not change. */
  void add(long[] positions) {
    parts.add(positions);
    size += positions.length;
  }

  /** The records that follow, given as two rising sequences. */
  void add(long[] good, long[] bad) {
    if (bad.length == 0) {
      add(good);
      return;
    }
    long[] all = Arrays.copyOf(good, good.length + bad.length);
    System.arraycopy(bad, 0, all, good.length, bad.length);
    Arrays.sort(all);
    add(all);
  }

  /** All positions. */
  long[] all() {
    long[] all = new long[size];
    int at = 0;
    for (long[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
