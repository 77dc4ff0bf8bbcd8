package io.penstock.core.run;

import io.penstock.api.data.Batch;
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
import io.penstock.testkit.simulation.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Rows in several splits, each a partition. From which split how many rows come at once follows
 * from the positions and {@code order}, so that a reader at the same positions goes on in the same
 * way.
 *
 * @param splits the rows of each split
 * @param from where a reader begins that is to begin at a position, which it should keep to
 */
record PartedRows(Schema rows, List<Batch> splits, long order, From from) implements SourceConfig {
  private static final int MOST = 9;

  /** Where a reader begins. */
  @FunctionalInterface
  interface From {
    From THERE = position -> position;

    int begin(int position);
  }

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
    return Optional.of(rows);
  }

  static String id(int split) {
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
    public void assign(Split split, Position at, Bound to) {
      int number = number(split);
      next[number] = Math.min(from.begin((int) at.offset()), splits.get(number).size());
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
      int sum = 0;
      for (int split = 0; split < next.length; split++) {
        sum += next[split];
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
      Random chance = Chance.of(order, sum);
      int split = left.get(chance.nextInt(left.size()));
      int there = splits.get(split).size() - next[split];
      int most = Math.min(Math.min(limits.rows(), MOST), there);
      int count = 1 + chance.nextInt(most);
      int[] taken = IntStream.range(next[split], next[split] + count).toArray();
      out.rows(splits.get(split).gather(taken, count));
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
}
