package io.penstock.testkit.simulation;

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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Reads a {@link Journal}. How many rows come at once, from which split, and whether any do now, is
 * chance, as it is with time, so that what is read again comes in other batches.
 */
public final class JournalSource implements SourceConfig {
  private static final int MOST = 9;

  private final Journal journal;
  private final boolean bounded;
  private final Random chance;
  private final Power power;

  /**
   * A source.
   *
   * @param bounded whether it ends behind the last row; else there may always be more
   */
  public JournalSource(Journal journal, boolean bounded, Random chance, Power power) {
    this.journal = journal;
    this.bounded = bounded;
    this.chance = chance;
    this.power = power;
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(bounded, true, true, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(Journal.SCHEMA);
  }

  @Override
  public Source source() {
    return new Source() {
      @Override
      public void open(SourceContext run) {
        // The journal is always open.
      }

      @Override
      public Discovery discover(List<SplitState> known) {
        Set<Split> there = new HashSet<>();
        known.forEach(state -> there.add(state.split()));
        List<Split> added = new ArrayList<>(journal.splits());
        added.removeIf(there::contains);
        return new Discovery(added, List.of(), List.of());
      }

      @Override
      public Bound end(Split split) {
        return new Bound(journal.rows());
      }

      @Override
      public Reader reader(ReaderContext run) {
        return new JournalReader();
      }

      @Override
      public void decided(long epoch, Map<Split, Position> upTo) {
        power.step("acknowledge", journal.name(), epoch);
        journal.acknowledge(epoch, upTo);
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  /** Where a split is read. */
  private static final class Cursor {
    private long next;
    private final long end;

    Cursor(long next, long end) {
      this.next = next;
      this.end = end;
    }
  }

  private final class JournalReader implements Reader {
    private final Map<Split, Cursor> cursors = new LinkedHashMap<>();
    private final Set<Split> paused = new HashSet<>();
    private boolean ends = bounded;

    @Override
    public void assign(Split split, Position from, Bound to) throws IOException {
      if (!journal.position(split, from.offset()).equals(from)) {
        throw new IOException("`" + split.id() + "` never was at " + from);
      }
      ends |= !to.equals(Bound.NONE);
      cursors.put(split, new Cursor(from.offset(), Math.min(journal.rows(), to.offset())));
    }

    @Override
    public void revoke(Split split) {
      cursors.remove(split);
    }

    @Override
    public void pause(Set<Split> splits) {
      paused.clear();
      paused.addAll(splits);
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) {
      List<Split> left = new ArrayList<>();
      cursors.forEach(
          (split, cursor) -> {
            if (cursor.next < cursor.end) {
              left.add(split);
            }
          });
      if (left.isEmpty()) {
        return ends ? Step.ENDED : Step.NOTHING_NOW;
      }
      left.removeAll(paused);
      if (left.isEmpty() || chance.nextInt(8) == 0) {
        return Step.NOTHING_NOW;
      }
      Split split = left.get(chance.nextInt(left.size()));
      Cursor cursor = java.util.Objects.requireNonNull(cursors.get(split));
      int most = (int) Math.min(Math.min(limits.rows(), MOST), cursor.end - cursor.next);
      int count = 1 + chance.nextInt(most);
      out.rows(journal.batch(split, cursor.next, count));
      cursor.next += count;
      return Step.MORE;
    }

    @Override
    public Position position(Split split) {
      return journal.position(split, java.util.Objects.requireNonNull(cursors.get(split)).next);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
