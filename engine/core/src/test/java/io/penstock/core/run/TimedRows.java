package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows with a time in several splits, each a partition. From which split how many rows come at once
 * is chance.
 *
 * @param splits the rows of each split in their order
 */
record TimedRows(String name, List<List<Row>> splits, Random chance) implements SourceConfig {
  static final Schema SCHEMA =
      Schema.of(
          Field.of("k", DataType.INT),
          Field.of("n", DataType.INT),
          Field.of("at", DataType.TIMESTAMP));
  private static final int MOST = 9;

  /** A row: its time in microseconds. */
  record Row(long k, long n, long at) {}

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true, true, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public String partition(String split) {
    return split;
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(SCHEMA);
  }

  private static String id(int split) {
    return "p" + split;
  }

  @Override
  public Source source() {
    return new Source() {
      @Override
      public void open(SourceContext run) {
        // Nothing to open.
      }

      @Override
      public Discovery discover(List<SplitState> known) {
        List<Split> all = new ArrayList<>();
        for (int split = 0; split < splits.size(); split++) {
          all.add(new Split(id(split)));
        }
        return new Discovery(all, List.of(), List.of());
      }

      @Override
      public Bound end(Split split) {
        return Bound.NONE;
      }

      @Override
      public Reader reader(ReaderContext run) {
        return new RowsReader();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private final class RowsReader implements Reader {
    private final int[] next = new int[splits.size()];
    private final Set<String> paused = new TreeSet<>();

    @Override
    public void assign(Split split, Position from, Bound to) {
      next[number(split)] = (int) from.offset();
    }

    private int number(Split split) {
      return Integer.parseInt(split.id().substring(1));
    }

    @Override
    public void revoke(Split split) {
      throw new AssertionError("nobody takes a split away");
    }

    @Override
    public void pause(Set<Split> ahead) {
      paused.clear();
      ahead.forEach(split -> paused.add(split.id()));
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) {
      List<Integer> left = new ArrayList<>();
      for (int split = 0; split < next.length; split++) {
        if (next[split] < splits.get(split).size()) {
          left.add(split);
        }
      }
      if (left.isEmpty()) {
        return Step.ENDED;
      }
      left.removeIf(split -> paused.contains(id(split)));
      if (left.isEmpty()) {
        return Step.NOTHING_NOW;
      }
      int split = left.get(chance.nextInt(left.size()));
      int most = Math.min(Math.min(limits.rows(), MOST), splits.get(split).size() - next[split]);
      int count = 1 + chance.nextInt(most);
      out.rows(batch(split, next[split], count));
      next[split] += count;
      return Step.MORE;
    }

    @Override
    public Position position(Split split) {
      return new Position(next[number(split)], new TreeMap<>());
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private Batch batch(int split, int from, int count) {
    long[][] values = new long[3][count];
    long[] positions = new long[count];
    for (int i = 0; i < count; i++) {
      Row row = splits.get(split).get(from + i);
      values[0][i] = row.k();
      values[1][i] = row.n();
      values[2][i] = row.at();
      positions[i] = from + i;
    }
    Column[] columns = new Column[3];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column.Longs(count, values[i], null);
    }
    Provenance rows = new Provenance(name, id(split), positions, new int[0], Map.of());
    return Batch.of(SCHEMA, count, columns, rows);
  }
}
