package io.penstock.core.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The state of one step as segments of sorted entries, oldest first. Where several have entries of
 * one key, these join in the order of the segments. A snapshot writes what is new as one segment,
 * together with the last ones as long as these are at most twice as large; so each segment is
 * larger than all after it together, there are few of them, and each byte is written a few times
 * over.
 *
 * <p>A segment begins with two numbers: the format, and how many keys the step has met. Nothing is
 * read to restore but these; segments stay where they are and are read when they are needed.
 * Single-threaded.
 */
public final class KeptSegments {
  private static final int FORMAT = 1;

  private List<Segment> segments = List.of();
  private Segments home =
      segment -> {
        throw new IllegalStateException("nothing is kept");
      };

  /** Whether there is no segment. */
  public boolean isEmpty() {
    return segments.isEmpty();
  }

  /**
   * Takes over a snapshot.
   *
   * @return how many keys were met
   */
  public long restore(SnapshotReader from) throws IOException {
    segments = List.copyOf(from.segments());
    home = from;
    long met = 0;
    for (Segment segment : segments) {
      try (StateInput input = home.open(segment)) {
        met = header(input);
      }
    }
    return met;
  }

  private static long header(StateInput input) throws IOException {
    long format = input.number();
    if (format < 1 || format > FORMAT) {
      throw new DamagedException(
          "a segment has the format " + format + ", and this engine reads up to " + FORMAT);
    }
    return input.number();
  }

  /** The entries of each segment, to be closed. */
  public List<Entries> open() throws IOException {
    return open(0);
  }

  private List<Entries> open(int from) throws IOException {
    List<Entries> open = new ArrayList<>();
    try {
      for (Segment segment : segments.subList(from, segments.size())) {
        StateInput input = home.open(segment);
        open.add(new RunEntries(input));
        header(input);
      }
    } catch (IOException e) {
      MergedEntries.closeAll(open);
      throw e;
    }
    return open;
  }

  /**
   * What is new since the last snapshot.
   *
   * @param spilled runs of it, which the caller deletes when the snapshot is taken
   * @param last entries after those
   * @param lastBytes about how many bytes they are
   * @param met how many keys the step has met
   */
  public record Fresh(SortedRuns spilled, List<Entries> last, long lastBytes, long met) {}

  /**
   * Writes what is new. After a failure all is as before.
   *
   * @param joining makes one entry of those of one key, where that can be
   */
  public void snapshot(SnapshotWriter to, Fresh fresh, UnaryOperator<Entries> joining)
      throws IOException {
    int kept = segments.size();
    if (!fresh.last().isEmpty() || !fresh.spilled().isEmpty()) {
      long sum = fresh.spilled().bytes() + fresh.lastBytes();
      while (kept > 0 && segments.get(kept - 1).length() <= 2 * sum) {
        sum += segments.get(--kept).length();
      }
    }
    List<Segment> now = new ArrayList<>(segments.subList(0, kept));
    now.forEach(to::keep);
    if (kept < segments.size() || !fresh.last().isEmpty() || !fresh.spilled().isEmpty()) {
      now.add(write(to, fresh, joining, kept));
    }
    segments = List.copyOf(now);
    home = to;
  }

  private Segment write(SnapshotWriter to, Fresh fresh, UnaryOperator<Entries> joining, int kept)
      throws IOException {
    StateOutput output = to.begin();
    output.number(FORMAT);
    output.number(fresh.met());
    EntryOutput entries = new EntryOutput(output);
    entries.addAll(joining.apply(fresh.spilled().entries(open(kept), fresh.last())));
    return to.end(entries.count());
  }
}
