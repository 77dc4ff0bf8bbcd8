package io.penstock.testkit;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A source of rows that a test has made.
 *
 * @param batches handed on one after the other, cut to the size that is asked for
 * @param endless whether there may always be more, so that the run must be stopped
 */
public record RowsSource(Schema rows, List<Batch> batches, boolean endless)
    implements SourceConfig {
  private static final Split SPLIT = new Split("rows");

  public RowsSource {
    batches = List.copyOf(batches);
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(!endless, true, true, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(rows);
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
        return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
      }

      @Override
      public Bound end(Split split) {
        return Bound.NONE;
      }

      @Override
      public Reader reader(ReaderContext run) {
        return new RowsReader(batches, endless);
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private static final class RowsReader implements Reader {
    private final List<Batch> batches;
    private final boolean endless;
    private int next;
    private int row;
    private long read;

    RowsReader(List<Batch> batches, boolean endless) {
      this.batches = batches;
      this.endless = endless;
    }

    @Override
    public void assign(Split split, Position from, Bound to) {
      long left = from.offset();
      while (next < batches.size() && left >= batches.get(next).size()) {
        left -= batches.get(next).size();
        next++;
      }
      row = (int) left;
      read = from.offset();
    }

    @Override
    public void revoke(Split split) {
      next = batches.size();
    }

    @Override
    public void pause(Set<Split> splits) {
      // Tests do not.
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) {
      if (next == batches.size()) {
        return endless ? Step.NOTHING_NOW : Step.ENDED;
      }
      Batch batch = batches.get(next);
      int size = Math.min(limits.rows(), batch.size() - row);
      int[] indexes = new int[size];
      for (int i = 0; i < size; i++) {
        indexes[i] = row + i;
      }
      out.rows(batch.gather(indexes, size));
      row += size;
      read += size;
      if (row == batch.size()) {
        next++;
        row = 0;
      }
      return Step.MORE;
    }

    @Override
    public Position position(Split split) {
      return new Position(read, new TreeMap<>());
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
