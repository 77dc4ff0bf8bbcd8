package io.penstock.core.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Spilled runs of sorted entries, oldest first. More than {@link #MOST_OPEN} are merged in several
 * passes. Single-threaded.
 */
public final class SortedRuns implements AutoCloseable {
  /** How many runs are read at once. */
  static final int MOST_OPEN = 16;

  private final SpillFolder spill;
  private final List<Segment.InFile> runs = new ArrayList<>();
  private long bytes;

  public SortedRuns(SpillFolder spill) {
    this.spill = spill;
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many bytes the runs have. */
  long bytes() {
    return bytes;
  }

  /** Writes a run of entries, which come after those so far; they are closed. */
  public void add(Entries entries) throws IOException {
    Segment.InFile run = write(entries);
    runs.add(run);
    bytes += run.length();
  }

  private Segment.InFile write(Entries entries) throws IOException {
    return spill.write(
        (to, blocks) -> {
          EntryOutput output = new EntryOutput(to);
          output.addAll(entries);
          return output.count();
        });
  }

  /**
   * All entries in order, to be read once and closed.
   *
   * @param first entries before those of all runs
   * @param last entries after them
   */
  public Entries entries(List<Entries> first, List<Entries> last) throws IOException {
    List<Entries> open = new ArrayList<>(first);
    try {
      while (runs.size() > MOST_OPEN) {
        pass();
      }
      open.addAll(open(0, runs.size()));
    } catch (IOException e) {
      MergedEntries.closeAll(first);
      throw e;
    }
    open.addAll(last);
    return open.size() == 1 ? open.get(0) : new MergedEntries(open);
  }

  /** Merges neighbours, so that fewer runs are left. */
  private void pass() throws IOException {
    List<Segment.InFile> merged = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += MOST_OPEN) {
      int to = Math.min(runs.size(), from + MOST_OPEN);
      merged.add(to - from == 1 ? runs.get(from) : write(new MergedEntries(open(from, to))));
    }
    List<Segment.InFile> before = List.copyOf(runs);
    runs.clear();
    runs.addAll(merged);
    for (Segment.InFile run : before) {
      if (!merged.contains(run)) {
        spill.delete(run);
      }
    }
  }

  private List<Entries> open(int from, int to) throws IOException {
    List<Entries> open = new ArrayList<>();
    try {
      for (Segment.InFile run : runs.subList(from, to)) {
        open.add(new RunEntries(spill.open(run)));
      }
    } catch (IOException e) {
      MergedEntries.closeAll(open);
      throw e;
    }
    return open;
  }

  /** Deletes what was spilled and forgets all runs. */
  @Override
  public void close() throws IOException {
    List<Segment.InFile> before = List.copyOf(runs);
    runs.clear();
    bytes = 0;
    for (Segment.InFile run : before) {
      spill.delete(run);
    }
  }
}
