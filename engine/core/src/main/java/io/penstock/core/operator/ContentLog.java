package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What windows by content keep on disk: a log with a segment for each epoch. A segment has the
 * parts that went to the disk since the one before, then the windows that have changed, then the
 * names of those that are over. It is begun anew once it is more than twice as long as what is
 * open. Single-threaded.
 */
final class ContentLog {
  private static final int FORMAT = 1;
  private static final int END = 0;
  private static final int PART = 1;
  private static final int OPEN = 2;
  private static final int OVER = 3;

  /** What a segment costs beside its bytes: without rows they must not pile up. */
  private static final long SEGMENT = 4096;

  private static final long LEAST = 1 << 20;

  private final Set<Long> logged = new HashSet<>();
  private final List<Long> over = new ArrayList<>();
  private List<Segment> segments = List.of();
  private long whole;
  private long written;
  private boolean anew = true;

  /** A window is over. */
  void over(long name) {
    if (logged.remove(name)) {
      over.add(name);
    }
  }

  /** Writes what is new. After a failure the next one is whole. */
  void snapshot(ContentGroups groups, long watermark, SnapshotWriter to) throws IOException {
    boolean all = anew || written > 2 * whole + LEAST;
    List<Segment> now = new ArrayList<>(all ? List.of() : segments);
    anew = true;
    now.forEach(to::keep);
    StateOutput output = to.begin();
    long before = output.length();
    output.number(FORMAT);
    output.number(watermark);
    output.number(groups.nextName());
    groups
        .parts()
        .each(
            all,
            (name, array, from, length) -> {
              output.number(PART);
              output.number(name);
              output.bytes(array, from, length);
            });
    int count = open(groups, all ? groups.windows().open() : groups.changed(), output);
    for (long name : all ? List.<Long>of() : over) {
      output.number(OVER);
      output.number(name);
    }
    output.number(END);
    long length = output.length() - before + SEGMENT;
    now.add(to.end(count));
    segments = List.copyOf(now);
    whole = all ? length : whole;
    written = all ? length : written + length;
    anew = false;
    over.clear();
    groups.changed().clear();
    groups.parts().settled();
  }

  private int open(ContentGroups groups, BitSet which, StateOutput output) throws IOException {
    int count = 0;
    for (int at = which.nextSetBit(0); at >= 0; at = which.nextSetBit(at + 1)) {
      if (groups.windows().isOpen(at)) {
        ContentWindows.Open one = groups.windows().get(at);
        output.number(OPEN);
        output.number(one.name());
        output.number(one.start());
        output.number(one.last());
        output.number(one.active());
        output.number(one.rows());
        for (Column key : one.key()) {
          RowCodec.write(key, 0, output);
        }
        EntryBytes computed = groups.written(at);
        output.bytes(computed.array(), 0, computed.length());
        logged.add(one.name());
        count++;
      }
    }
    return count;
  }

  /**
   * Gives back what was kept, under new numbers.
   *
   * @param taken is called now and then, that memory may be given up
   * @return the watermark of then
   */
  long restore(ContentGroups groups, SnapshotReader from, Runnable taken) throws IOException {
    Map<Long, Integer> last = new HashMap<>();
    int number = 0;
    for (Segment segment : from.segments()) {
      int at = number++;
      long unused =
          read(
              from,
              segment,
              groups,
              new Reading() {
                @Override
                public void open(ContentWindows.Open one, byte[] computed) {
                  last.put(one.name(), at);
                }

                @Override
                public void over(long name) {
                  last.remove(name);
                }
              });
    }
    long watermark = TimeTracker.NOTHING;
    number = 0;
    for (Segment segment : from.segments()) {
      int at = number++;
      try (ContentParts.Writing parts = groups.parts().writing()) {
        watermark =
            read(
                from,
                segment,
                groups,
                new Reading() {
                  @Override
                  public void part(long name, byte[] part) throws IOException {
                    if (last.containsKey(name)) {
                      parts.add(name, part, part.length);
                    }
                  }

                  @Override
                  public void open(ContentWindows.Open one, byte[] computed) throws IOException {
                    if (last.getOrDefault(one.name(), -1) == at) {
                      int unused = groups.restore(one, StateInput.of(computed));
                    }
                  }
                });
        parts.done();
      }
      taken.run();
    }
    logged.addAll(last.keySet());
    groups.changed().clear();
    return watermark;
  }

  /** What stands in a segment, in order. */
  private interface Reading {
    default void part(long name, byte[] part) throws IOException {}

    void open(ContentWindows.Open one, byte[] computed) throws IOException;

    default void over(long name) {}
  }

  private static long read(SnapshotReader from, Segment segment, ContentGroups groups, Reading to)
      throws IOException {
    try (StateInput input = from.open(segment)) {
      long format = input.number();
      if (format != FORMAT) {
        throw new DamagedException("windows by content have the format " + format);
      }
      final long watermark = input.number();
      groups.nextName(input.number());
      for (long kind = input.number(); kind != END; kind = input.number()) {
        long name = input.number();
        if (kind == PART) {
          to.part(name, input.bytes());
        } else if (kind == OPEN) {
          ContentWindows.Open one = open(name, groups, input);
          to.open(one, input.bytes());
        } else if (kind == OVER) {
          to.over(name);
        } else {
          throw new DamagedException("windows by content have an entry of kind " + kind);
        }
      }
      return watermark;
    }
  }

  private static ContentWindows.Open open(long name, ContentGroups groups, StateInput input)
      throws IOException {
    long start = input.number();
    long last = input.number();
    long active = input.number();
    long rows = input.number();
    Column[] key = new Column[groups.types().size()];
    for (int i = 0; i < key.length; i++) {
      ColumnBuilder one = ColumnBuilder.of(groups.types().get(i));
      RowCodec.read(one, input);
      key[i] = one.build();
    }
    return new ContentWindows.Open(key, name, start, last, active, rows);
  }
}
