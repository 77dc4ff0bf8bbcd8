package io.penstock.dsl.launcher.test;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
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
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives a test's entries in place of a source. A block's position is the number of its first entry;
 * a block of rows has one byte for each, a block of raw bytes those bytes.
 */
record TestSource(List<Entry> entries, Reading.Of reading) implements SourceConfig, Source {
  private static final Split SPLIT = new Split("test");

  TestSource {
    entries = List.copyOf(entries);
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true, true, true, false, SourceTraits.Kind.BYTES);
  }

  /** Draws are the same in every way of running. */
  @Override
  public OptionalLong seed() {
    return OptionalLong.of(0);
  }

  @Override
  public Source source() {
    return this;
  }

  @Override
  public void open(SourceContext run) {}

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    return new Bound(entries.size());
  }

  @Override
  public Reader reader(ReaderContext run) {
    return new EntriesReader();
  }

  @Override
  public void close() {}

  /** Reads the entries in order. */
  private final class EntriesReader implements Reader {
    private int next;
    private long sequence;

    @Override
    public void assign(Split split, Position from, Bound to) {
      next = (int) from.offset();
    }

    @Override
    public void revoke(Split split) {}

    @Override
    public void pause(Set<Split> splits) {}

    @Override
    public Step next(Out out, Limits limits, Duration wait) {
      for (; next < entries.size() && !Reading.isRow(entries.get(next)); next++) {
        if (entries.get(next) instanceof Entry.Advance advance) {
          out.timePassed(SPLIT, advance.by());
        }
      }
      reading.upTo(next);
      if (next == entries.size()) {
        return Step.ENDED;
      }
      int room = Math.min(limits.rows(), reading.room(next));
      if (room == 0) {
        return Step.NOTHING_NOW;
      }
      int first = next;
      byte[] bytes;
      if (entries.get(first) instanceof Entry.Raw raw) {
        next++;
        bytes = raw.bytes();
      } else {
        while (next < entries.size()
            && Reading.isRow(entries.get(next))
            && !(entries.get(next) instanceof Entry.Raw)
            && next - first < room) {
          next++;
        }
        bytes = new byte[next - first];
      }
      reading.upTo(next);
      boolean last = next == entries.size();
      BlockLines lines = BlockLines.from(first + 1L, bytes, 0, bytes.length);
      out.block(
          new Block(bytes, 0, bytes.length, SPLIT.id(), sequence++, first, lines, last, Map.of()));
      return Step.MORE;
    }

    @Override
    public Position position(Split split) {
      return new Position(next, new TreeMap<>());
    }

    @Override
    public void close() {}
  }
}
