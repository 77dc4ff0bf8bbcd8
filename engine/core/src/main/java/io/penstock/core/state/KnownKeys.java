package io.penstock.core.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Spilled keys that can be asked for. Keys begin with four bytes of a hash, by which they are
 * found: a filter in memory tells of nearly all others that they are not there, and where each
 * block begins. Single-threaded.
 */
public final class KnownKeys implements AutoCloseable {
  /**
   * Each question reads one block, which is hardly ever the one before, checks all of it and looks
   * through it; so blocks are small. Where they begin takes 12 bytes of memory for each.
   */
  private static final int BLOCK = 1 << 10;

  private final SpillFolder spill;
  private final List<Run> runs = new ArrayList<>();

  public KnownKeys(SpillFolder spill) {
    this.spill = spill;
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many bytes of memory it takes. */
  public long bytes() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.keys.bytes();
    }
    return sum;
  }

  /**
   * Adds keys in order; the entries are closed.
   *
   * @param count how many there are
   * @param fresh whether no snapshot has them yet
   */
  public void add(Entries keys, long count, boolean fresh) throws IOException {
    runs.add(write(keys, count, fresh));
    List<Run> alike = runs.stream().filter(run -> run.fresh == fresh).toList();
    if (alike.size() > SortedRuns.MOST_OPEN) {
      long sum = alike.stream().mapToLong(run -> run.keys.count()).sum();
      Run merged = write(KeyedRun.merged(alike.stream().map(run -> run.keys).toList()), sum, fresh);
      runs.removeAll(alike);
      runs.add(merged);
      for (Run run : alike) {
        run.keys.close();
      }
    }
  }

  private Run write(Entries keys, long count, boolean fresh) throws IOException {
    return new Run(KeyedRun.of(spill, keys, count, BLOCK), fresh);
  }

  private List<Entries> entries(List<Run> of) throws IOException {
    List<Entries> open = new ArrayList<>();
    for (Run run : of) {
      open.add(run.keys.entries());
    }
    return open;
  }

  /** The keys that no snapshot has yet, in order run by run. */
  public List<Entries> fresh() throws IOException {
    return entries(runs.stream().filter(run -> run.fresh).toList());
  }

  /** How many bytes these have in their files. */
  public long freshBytes() {
    return runs.stream().filter(run -> run.fresh).mapToLong(run -> run.keys.length()).sum();
  }

  /** A snapshot has all keys. */
  public void settled() {
    runs.forEach(run -> run.fresh = false);
  }

  /** Whether a key is there. */
  public boolean has(byte[] key, int length) throws IOException {
    for (Run run : runs) {
      if (run.keys.has(key, length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      run.keys.close();
    }
    runs.clear();
  }

  /** One run of keys. */
  private static final class Run {
    private final KeyedRun keys;
    private boolean fresh;

    Run(KeyedRun keys, boolean fresh) {
      this.keys = keys;
      this.fresh = fresh;
    }
  }
}
