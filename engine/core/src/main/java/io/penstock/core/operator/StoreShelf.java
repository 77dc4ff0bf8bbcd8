package io.penstock.core.operator;

import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The state of a step that has one store for each of its windows: the segments of the stores, one
 * after the other, and behind them a list of the windows with how many segments each has.
 */
final class StoreShelf {
  private static final int MOST = 1 << 28;

  private StoreShelf() {}

  /** A window, in the order in which windows are over. */
  record Key(long end, long start) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int ends = Long.compare(end, other.end);
      return ends != 0 ? ends : Long.compare(start, other.start);
    }
  }

  /** Counts the segments that one store writes. */
  private static final class Counting implements SnapshotWriter {
    private final SnapshotWriter to;
    private int count;

    Counting(SnapshotWriter to) {
      this.to = to;
    }

    @Override
    public StateOutput begin() throws IOException {
      return to.begin();
    }

    @Override
    public Segment end(long entries) throws IOException {
      count++;
      return to.end(entries);
    }

    @Override
    public void keep(Segment segment) {
      count++;
      to.keep(segment);
    }

    @Override
    public StateInput open(Segment segment) throws IOException {
      return to.open(segment);
    }
  }

  /** Some of the segments of a snapshot. */
  private record Part(SnapshotReader of, List<Segment> segments) implements SnapshotReader {
    @Override
    public StateInput open(Segment segment) throws IOException {
      return of.open(segment);
    }
  }

  static <T> void snapshot(
      NavigableMap<Key, T> stores, Function<T, ? extends Stored> store, SnapshotWriter to)
      throws IOException {
    int[] counts = new int[stores.size()];
    int at = 0;
    for (T one : stores.values()) {
      Counting counting = new Counting(to);
      store.apply(one).snapshot(counting);
      counts[at++] = counting.count;
    }
    StateOutput index = to.begin();
    index.number(stores.size());
    at = 0;
    for (Key key : stores.keySet()) {
      index.number(key.end());
      index.number(key.start());
      index.number(counts[at++]);
    }
    Segment unused = to.end(1);
  }

  /** Writes several parts of one state, one after the other. */
  static void snapshot(List<? extends Stored> parts, SnapshotWriter to) throws IOException {
    NavigableMap<Key, Stored> stores = new TreeMap<>();
    parts.forEach(part -> stores.put(new Key(stores.size(), 0), part));
    snapshot(stores, part -> part, to);
  }

  /** Gives the parts of one state back what they held. */
  static void restore(List<? extends Stored> parts, SnapshotReader from) throws IOException {
    restore(new TreeMap<>(), key -> parts.get((int) key.end()), part -> part, from);
  }

  /**
   * Gives stores back what they held.
   *
   * @param made makes a store for a window, which is then in {@code stores}
   */
  static <T> void restore(
      NavigableMap<Key, T> stores,
      Function<Key, T> made,
      Function<T, ? extends Stored> store,
      SnapshotReader from)
      throws IOException {
    List<Segment> segments = from.segments();
    if (segments.isEmpty()) {
      return;
    }
    Map<Key, Integer> counts = new java.util.LinkedHashMap<>();
    try (StateInput index = from.open(segments.get(segments.size() - 1))) {
      for (int i = index.count(MOST); i > 0; i--) {
        counts.put(new Key(index.number(), index.number()), index.count(segments.size()));
      }
    }
    int at = 0;
    for (Map.Entry<Key, Integer> entry : counts.entrySet()) {
      int end = at + entry.getValue();
      if (end >= segments.size()) {
        throw new DamagedException("windows have more segments than there are");
      }
      T one = made.apply(entry.getKey());
      stores.put(entry.getKey(), one);
      store.apply(one).restore(new Part(from, segments.subList(at, end)));
      at = end;
    }
  }
}
