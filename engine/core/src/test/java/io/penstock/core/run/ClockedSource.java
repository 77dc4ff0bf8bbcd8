package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
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
import io.penstock.api.system.Clock;
import io.penstock.core.expression.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A source without an end, with partitions whose rows are there when the clock says so. */
record ClockedSource(Clock clock, Map<String, List<Due>> partitions) implements SourceConfig {
  static final Schema SCHEMA =
      Schema.of(Field.of("p", DataType.STRING), Field.of("at", DataType.TIMESTAMP));

  /**
   * A row.
   *
   * @param there when the clock has come so far, microseconds
   * @param time its event time
   */
  record Due(long there, long time) {}

  @Override
  public SourceTraits traits() {
    return new SourceTraits(false, true, true, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(SCHEMA);
  }

  @Override
  public String partition(String split) {
    return split;
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
        List<Split> splits = partitions.keySet().stream().sorted().map(Split::new).toList();
        return new Discovery(known.isEmpty() ? splits : List.of(), List.of(), List.of());
      }

      @Override
      public Bound end(Split split) {
        List<Due> rows = partitions.getOrDefault(split.id(), List.of());
        return new Bound(rows.stream().filter(row -> row.there() <= clock.micros()).count());
      }

      @Override
      public Reader reader(ReaderContext run) {
        return new Clocked(new TreeMap<>(), new HashMap<>());
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  /** Reads a row at a time, so that each is a unit of its own. */
  private final class Clocked implements Reader {
    private final TreeMap<String, Integer> next;
    private final Map<String, Bound> bounds;

    Clocked(TreeMap<String, Integer> next, Map<String, Bound> bounds) {
      this.next = next;
      this.bounds = bounds;
    }

    @Override
    public void assign(Split split, Position from, Bound to) {
      next.put(split.id(), (int) from.offset());
      bounds.put(split.id(), to);
    }

    @Override
    public void revoke(Split split) {
      next.remove(split.id());
    }

    @Override
    public void pause(Set<Split> splits) {
      // Tests do not.
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) {
      boolean ended = true;
      for (Map.Entry<String, Integer> at : next.entrySet()) {
        List<Due> rows = partitions.getOrDefault(at.getKey(), List.of());
        int row = at.getValue();
        Bound bound = bounds.getOrDefault(at.getKey(), Bound.NONE);
        if (!bound.equals(Bound.NONE) && row >= bound.offset()) {
          continue;
        }
        ended = false;
        if (row < rows.size() && rows.get(row).there() <= clock.micros()) {
          at.setValue(row + 1);
          out.rows(batch(at.getKey(), row, rows.get(row)));
          return Step.MORE;
        }
      }
      return ended ? Step.ENDED : Step.NOTHING_NOW;
    }

    private static Batch batch(String split, int position, Due row) {
      ColumnBuilder name = ColumnBuilder.of(DataType.STRING);
      Values.append(name, DataType.STRING, split);
      Column[] columns = {name.build(), new Column.Longs(1, new long[] {row.time()}, null)};
      Provenance from =
          new Provenance("source", split, new long[] {position}, new int[0], Map.of());
      return Batch.of(SCHEMA, 1, columns, from);
    }

    @Override
    public Position position(Split split) {
      return new Position(next.getOrDefault(split.id(), 0), new TreeMap<>());
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
