package io.penstock.core.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Spilled entries that are taken in the order of their keys, while more come. At the end of each
 * key stands a number of eight bytes, which no other has. Single-threaded.
 */
public final class SpilledQueue implements AutoCloseable {
  private static final int MERGED = 8;

  private final SpillFolder spill;
  private final List<Run> runs = new ArrayList<>();
  private long left;
  private int first = -1;

  public SpilledQueue(SpillFolder spill) {
    this.spill = spill;
  }

  /** A run, and the entry of it that is the next to be taken. */
  private static final class Run {
    private final Segment.InFile file;
    private final Entries entries;
    private final long last;
    private long taken;

    Run(Segment.InFile file, Entries entries, long last) {
      this.file = file;
      this.entries = entries;
      this.last = last;
    }

    long left() {
      return file.entries() - taken;
    }
  }

  /** What is left of a run, beginning with the entry that is the next to be taken. */
  private static final class Rest implements PassedEntries {
    private final Entries from;
    private boolean begun;

    Rest(Entries from) {
      this.from = from;
    }

    @Override
    public boolean next() throws IOException {
      boolean is = !begun || from.next();
      begun = true;
      return is;
    }

    @Override
    public Entries from() {
      return from;
    }
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many entries are left. */
  public long left() {
    return left;
  }

  /**
   * Adds entries in order; they are closed.
   *
   * @param last no number is greater
   */
  public void add(Entries sorted, long last) throws IOException {
    open(
        last,
        spill.write(
            (to, blocks) -> {
              EntryOutput output = new EntryOutput(to);
              output.addAll(sorted);
              return output.count();
            }));
    if (runs.size() > SortedRuns.MOST_OPEN) {
      merge();
    }
  }

  private void open(long last, Segment.InFile file) throws IOException {
    first = -1;
    if (file.entries() == 0) {
      spill.delete(file);
      return;
    }
    Run run = new Run(file, new RunEntries(spill.open(file)), last);
    runs.add(run);
    left += file.entries();
    boolean unused = run.entries.next();
  }

  /** Puts those runs together that have the fewest entries left. */
  private void merge() throws IOException {
    List<Run> parts =
        runs.stream().sorted((a, b) -> Long.compare(a.left(), b.left())).limit(MERGED).toList();
    List<Entries> rest = parts.stream().<Entries>map(run -> new Rest(run.entries)).toList();
    runs.removeAll(parts);
    left -= parts.stream().mapToLong(Run::left).sum();
    long last = parts.stream().mapToLong(run -> run.last).max().orElse(Long.MIN_VALUE);
    add(new MergedEntries(rest), last);
    for (Run part : parts) {
      spill.delete(part.file);
    }
  }

  /** The entry with the least key, to which it goes; empty arrays make no sense where none is. */
  public Entries first() {
    if (first < 0) {
      first = 0;
      for (int i = 1; i < runs.size(); i++) {
        if (compare(runs.get(i).entries, runs.get(first).entries) < 0) {
          first = i;
        }
      }
    }
    return runs.get(first).entries;
  }

  private static int compare(Entries a, Entries b) {
    return Arrays.compareUnsigned(a.key(), 0, a.keyLength(), b.key(), 0, b.keyLength());
  }

  /** Takes the first one away. */
  public void take() throws IOException {
    Entries unused = first();
    Run run = runs.get(first);
    first = -1;
    left--;
    run.taken++;
    if (!run.entries.next()) {
      runs.remove(run);
      run.entries.close();
      spill.delete(run.file);
    }
  }

  /**
   * What is left with this number or a greater one, in the order of keys; to be closed before
   * anything else is done.
   */
  public Entries from(long number) throws IOException {
    List<Entries> open = new ArrayList<>();
    try {
      for (Run run : runs) {
        if (run.last >= number) {
          long[] skipped = {run.taken};
          Entries whole = new RunEntries(spill.open(run.file));
          open.add(
              new LeftEntries(
                  whole, entry -> skipped[0]-- <= 0 && KeyedRuns.number(entry) >= number));
        }
      }
    } catch (IOException e) {
      MergedEntries.closeAll(open);
      throw e;
    }
    return new MergedEntries(open);
  }

  /** Deletes all. */
  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      run.entries.close();
      spill.delete(run.file);
    }
    runs.clear();
    left = 0;
    first = -1;
  }
}
