package io.penstock.core.operator;

import io.penstock.core.logical.Operation;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of one group in their order, and which of them were shown. Single-threaded. */
final class FirstRows {
  /** A tree's node, a row and their arrays. */
  private static final int NODE = 120;

  private final Operation.Top top;
  private final TreeMap<byte[], Held> rows = new TreeMap<>(Arrays::compareUnsigned);
  private List<Placed> shown = List.of();
  private long held;

  /**
   * A row, and the place that it had.
   *
   * @param row as bytes
   * @param rank from 1
   */
  record Placed(ByteBuffer row, int rank) {}

  /** Equal rows. */
  private static final class Held {
    private final byte[] row;
    private final int order;
    private long count;

    /**
     * One row.
     *
     * @param order how many bytes of its place are of the order, and not of the fields
     */
    Held(byte[] row, int order) {
      this.row = row;
      this.order = order;
    }
  }

  FirstRows(Operation.Top top) {
    this.top = top;
  }

  /** Whether there is no row, and none is shown. */
  boolean isEmpty() {
    return rows.isEmpty() && shown.isEmpty();
  }

  void add(byte[] place, int order, byte[] row) {
    held(place, order, row).count++;
  }

  private Held held(byte[] place, int order, byte[] row) {
    return rows.computeIfAbsent(
        place,
        at -> {
          held += NODE + place.length + row.length;
          return new Held(row, order);
        });
  }

  /** Takes a row back; one that is not there is none. */
  void remove(byte[] place) {
    Held one = rows.get(place);
    if (one != null && --one.count == 0) {
      held -= NODE + place.length + one.row.length;
      Held unused = rows.remove(place);
    }
  }

  /** Lets go of rows that can no longer be among the first. */
  void cut() {
    if (rows.size() <= 2 * top.n() + 16) {
      return;
    }
    Ranks ranks = new Ranks(top);
    ranks.begin();
    Iterator<Map.Entry<byte[], Held>> all = rows.entrySet().iterator();
    Map.Entry<byte[], Held> before = null;
    while (all.hasNext()) {
      Map.Entry<byte[], Held> each = all.next();
      boolean among = ranks.isAmong(before != null && ties(before, each));
      if (!among) {
        held -= NODE + each.getKey().length + each.getValue().row.length;
        all.remove();
      } else {
        before = each;
      }
    }
  }

  private static boolean ties(Map.Entry<byte[], Held> a, Map.Entry<byte[], Held> b) {
    return Arrays.equals(a.getKey(), 0, a.getValue().order, b.getKey(), 0, b.getValue().order);
  }

  /** The rows that are first now, in order. */
  List<Placed> first() {
    List<Placed> first = new ArrayList<>();
    Ranks ranks = new Ranks(top);
    ranks.begin();
    Map.Entry<byte[], Held> before = null;
    for (Map.Entry<byte[], Held> each : rows.entrySet()) {
      for (long i = 0; i < each.getValue().count; i++) {
        if (!ranks.isAmong(i > 0 || before != null && ties(before, each))) {
          return first;
        }
        int rank = top.rank().isPresent() ? ranks.rank() : 0;
        first.add(new Placed(ByteBuffer.wrap(each.getValue().row), rank));
      }
      before = each;
    }
    return first;
  }

  /** The rows that were shown last. */
  List<Placed> shown() {
    return shown;
  }

  void show(List<Placed> first) {
    shown = List.copyOf(first);
  }

  /** Those of some rows that are not among others, each as often. */
  static List<Placed> without(List<Placed> rows, List<Placed> others) {
    Map<Placed, Integer> counts = new HashMap<>();
    others.forEach(other -> counts.merge(other, 1, Integer::sum));
    List<Placed> left = new ArrayList<>();
    for (Placed row : rows) {
      int count = counts.getOrDefault(row, 0);
      if (count == 0) {
        left.add(row);
      } else {
        counts.put(row, count - 1);
      }
    }
    return left;
  }

  void write(StateOutput to) throws IOException {
    to.number(rows.size());
    for (Map.Entry<byte[], Held> each : rows.entrySet()) {
      to.bytes(each.getKey(), 0, each.getKey().length);
      to.number(each.getValue().order);
      to.number(each.getValue().count);
      to.bytes(each.getValue().row, 0, each.getValue().row.length);
    }
    to.number(shown.size());
    for (Placed each : shown) {
      to.number(each.rank());
      to.bytes(each.row().array(), 0, each.row().array().length);
    }
  }

  void read(StateInput from) throws IOException {
    for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
      byte[] place = from.bytes();
      int order = from.count(place.length);
      long count = from.number();
      held(place, order, from.bytes()).count = count;
    }
    List<Placed> all = new ArrayList<>();
    for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
      int rank = from.count(Integer.MAX_VALUE);
      all.add(new Placed(ByteBuffer.wrap(from.bytes()), rank));
    }
    show(all);
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return held + 100 + 60L * shown.size();
  }
}
