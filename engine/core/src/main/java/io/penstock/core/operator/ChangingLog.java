package io.penstock.core.operator;

import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a step keeps of groups: a log of those that changed, by their keys, of which the last
 * counts; begun anew whenever it has grown past what there is. Single-threaded.
 */
final class ChangingLog {
  private static final int FORMAT = 2;

  /** What a segment costs beside its groups, in groups. */
  private static final int SEGMENT = 64;

  private static final int LEAST = 4096;

  private List<Segment> segments = List.of();
  private long written;
  private boolean anew = true;

  /** Writes groups. */
  interface Groups {
    /**
     * Writes.
     *
     * @param all whether all groups are written; otherwise those that have changed
     */
    void write(boolean all, Taker to) throws IOException;
  }

  /** Takes groups. */
  interface Taker {
    /**
     * Takes one.
     *
     * @param value empty where it is there no longer
     */
    void take(byte[] key, Optional<byte[]> value) throws IOException;
  }

  /** The next snapshot has all groups. */
  void beginAnew() {
    anew = true;
  }

  /**
   * Writes what is new. After a failure all is as before.
   *
   * @param size how many groups there are
   * @param changed whether any has changed since the last snapshot
   */
  void snapshot(Groups groups, long size, boolean changed, SnapshotWriter to) throws IOException {
    boolean all = anew || written > 2L * size + LEAST;
    List<Segment> now = new ArrayList<>(all ? List.of() : segments);
    now.forEach(to::keep);
    long count = 0;
    if (all || changed) {
      StateOutput output = to.begin();
      output.number(FORMAT);
      Output taker = new Output(output);
      groups.write(all, taker);
      output.flag(false);
      count = SEGMENT + taker.count;
      now.add(to.end(taker.count));
    }
    written = (all ? 0 : written) + count;
    segments = List.copyOf(now);
    anew = false;
  }

  /** Writes groups into a segment. */
  private static final class Output implements Taker {
    private final StateOutput to;
    private long count;

    Output(StateOutput to) {
      this.to = to;
    }

    @Override
    public void take(byte[] key, Optional<byte[]> value) throws IOException {
      to.flag(true);
      to.bytes(key, 0, key.length);
      to.flag(value.isPresent());
      if (value.isPresent()) {
        to.bytes(value.get(), 0, value.get().length);
      }
      count++;
    }
  }

  /** Gives back what was written, in the order in which it was. */
  void restore(SnapshotReader from, Taker to) throws IOException {
    segments = List.copyOf(from.segments());
    anew = segments.isEmpty();
    written = 0;
    for (Segment segment : segments) {
      written += SEGMENT + segment.entries();
      try (StateInput input = from.open(segment)) {
        long format = input.number();
        if (format != FORMAT) {
          throw new DamagedException("changing groups have the format " + format);
        }
        while (input.flag()) {
          byte[] key = input.bytes();
          to.take(key, input.flag() ? Optional.of(input.bytes()) : Optional.empty());
        }
      }
    }
  }
}
