package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Right rows of a join by key and time, for left rows that meet the latest one. Of rows of one time
 * the later one of a source partition counts, of several partitions that of the last by name; so it
 * does not matter which came first. Rows that a step has made have no place in a source and are
 * ordered by their values. Single-threaded.
 */
final class JoinLatest {
  /** Which row may be the one. */
  @FunctionalInterface
  interface Fits {
    boolean test(int right);
  }

  private record Ordered(int[] rows, int last) {}

  private static final Ordered NOTHING = new Ordered(new int[0], -1);

  private final JoinSide[] sides;
  private final Map<Integer, Ordered> ordered = new HashMap<>();
  private final KeyEncoder encoder = new KeyEncoder();

  JoinLatest(JoinSide[] sides) {
    this.sides = sides;
  }

  /** Rows have new numbers. */
  void clear() {
    ordered.clear();
  }

  /**
   * The latest row of a key up to a time that fits, looked for from the latest one on; -1 for none.
   *
   * @param until rows after this are not asked for
   * @param since rows before this are not asked for
   */
  int find(int key, long until, long since, Fits fits) {
    if (sides[1].first(key) < 0) {
      return -1;
    }
    int[] rows = ordered(key);
    for (int i = behind(rows, until) - 1; i >= 0 && sides[1].time(rows[i]) >= since; i--) {
      if (fits.test(rows[i])) {
        return rows[i];
      }
    }
    return -1;
  }

  /** Where the first row after a time is. */
  private int behind(int[] rows, long until) {
    int low = 0;
    int high = rows.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (sides[1].time(rows[middle]) <= until) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int[] ordered(int key) {
    Ordered known = ordered.getOrDefault(key, NOTHING);
    if (known.last() == sides[1].last(key)) {
      return known.rows();
    }
    // Rows are linked in the order in which they came, so those behind the last known are new.
    List<Integer> fresh = new ArrayList<>();
    int next = known.last() < 0 ? sides[1].first(key) : sides[1].next(known.last());
    for (; next >= 0; next = sides[1].next(next)) {
      fresh.add(next);
    }
    fresh.sort(this::compare);
    int[] all = merged(known.rows(), fresh);
    ordered.put(key, new Ordered(all, sides[1].last(key)));
    return all;
  }

  private int[] merged(int[] known, List<Integer> fresh) {
    int[] all = new int[known.length + fresh.size()];
    int i = 0;
    int j = 0;
    while (i + j < all.length) {
      boolean old = j == fresh.size() || i < known.length && compare(known[i], fresh.get(j)) < 0;
      int row = old ? known[i] : fresh.get(j);
      all[i + j] = row;
      i += old ? 1 : 0;
      j += old ? 0 : 1;
    }
    return all;
  }

  /** The order of two right rows of one key: the latter counts. */
  int compare(int a, int b) {
    int times = Long.compare(sides[1].time(a), sides[1].time(b));
    if (times != 0 || a == b) {
      return times;
    }
    Provenance mine = sides[1].chunk(a).provenance();
    Provenance theirs = sides[1].chunk(b).provenance();
    int order = mine.source().compareTo(theirs.source());
    order = order != 0 ? order : mine.split().compareTo(theirs.split());
    int at = sides[1].place(a);
    int beside = sides[1].place(b);
    order = order != 0 ? order : Long.compare(mine.position(at), theirs.position(beside));
    order = order != 0 ? order : Integer.compare(mine.index(at), theirs.index(beside));
    if (order == 0 && mine.position(at) < 0) {
      order = Arrays.compareUnsigned(values(a), values(b));
    }
    return order != 0 ? order : Integer.compare(a, b);
  }

  private byte[] values(int row) {
    Batch rows = sides[1].chunk(row);
    encoder.clear();
    for (int i = 0; i < rows.schema().columns(); i++) {
      encoder.value(rows.schema().column(i).type(), rows.column(i), sides[1].place(row));
    }
    return Arrays.copyOf(encoder.bytes().array(), encoder.bytes().length());
  }
}
