package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The keys that a step has let through, of all rows or by window. Single-threaded. */
interface DistinctKeys extends Stored, AutoCloseable {
  /** The rows to be looked at: with windows those on time, one for each. */
  Batch entering(Batch rows, Operator.Out out);

  /**
   * Takes the keys of rows.
   *
   * @param fresh gets the rows whose keys were not there before, the first of each, in order
   * @return how many these are
   */
  int take(Batch rows, Column[] keys, int[] fresh);

  /** The watermark has come so far. */
  void reached(long watermark);

  @Override
  void close();

  /** One set of keys, kept for ever. */
  record OfAll(SeenKeys seen) implements DistinctKeys {
    @Override
    public Batch entering(Batch rows, Operator.Out out) {
      return rows;
    }

    @Override
    public int take(Batch rows, Column[] keys, int[] fresh) {
      return seen.take(keys, rows.size(), fresh);
    }

    @Override
    public void reached(long watermark) {}

    @Override
    public void snapshot(SnapshotWriter to) throws IOException {
      seen.snapshot(to);
    }

    @Override
    public void restore(SnapshotReader from) throws IOException {
      seen.restore(from);
    }

    @Override
    public void close() {
      seen.close();
    }
  }

  /** A set of keys for each window, until the window is over. */
  final class InWindows implements DistinctKeys {
    private final List<DataType> types;
    private final StepContext context;
    private final Windower windower;
    private final NavigableMap<StoreShelf.Key, SeenKeys> open = new TreeMap<>();

    InWindows(Windowing windowing, List<DataType> types, StepContext context) {
      this.types = List.copyOf(types);
      this.context = context;
      this.windower = new Windower(windowing.window().orElseThrow(), windowing.lateness(), context);
    }

    @Override
    public Batch entering(Batch rows, Operator.Out out) {
      return windower.windowed(0, rows, out);
    }

    @Override
    public int take(Batch rows, Column[] keys, int[] fresh) {
      boolean[] first = new boolean[rows.size()];
      WindowParts.numbers(
          rows,
          (window, members, count) -> {
            SeenKeys seen = open.computeIfAbsent(window, w -> new SeenKeys(types, context));
            Column[] own = new Column[keys.length];
            for (int i = 0; i < own.length; i++) {
              own[i] = count == rows.size() ? keys[i] : keys[i].gather(members, count);
            }
            int[] taken = new int[count];
            int news = seen.take(own, count, taken);
            for (int i = 0; i < news; i++) {
              first[members[taken[i]]] = true;
            }
          });
      int count = 0;
      for (int row = 0; row < first.length; row++) {
        if (first[row]) {
          fresh[count++] = row;
        }
      }
      return count;
    }

    @Override
    public void reached(long watermark) {
      while (!open.isEmpty() && windower.over(open.firstKey().end()) <= watermark) {
        open.pollFirstEntry().getValue().close();
      }
    }

    @Override
    public void snapshot(SnapshotWriter to) throws IOException {
      StoreShelf.snapshot(open, seen -> seen, to);
    }

    @Override
    public void restore(SnapshotReader from) throws IOException {
      StoreShelf.restore(open, key -> new SeenKeys(types, context), seen -> seen, from);
    }

    @Override
    public void close() {
      open.values().forEach(SeenKeys::close);
    }
  }
}
