package io.penstock.core.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Spilled values of keys, of which the last that was added counts. Keys begin with four bytes of a
 * hash, by which they are found. Single-threaded.
 */
public final class KeyedValues implements AutoCloseable {
  /** Small enough to be read for one entry, large enough for where it begins to be no burden. */
  private static final int BLOCK = 2 << 10;

  /** Each of them is asked for nearly each key. */
  private static final int MOST_RUNS = 12;

  private static final int MERGED = 8;

  private final SpillFolder spill;
  private final LeftEntries.Stays stays;
  private final List<Run> runs = new ArrayList<>();
  private boolean open;

  /**
   * No values yet.
   *
   * @param stays which values need not be found any more: they may go when runs are merged
   */
  public KeyedValues(SpillFolder spill, LeftEntries.Stays stays) {
    this.spill = spill;
    this.stays = stays;
  }

  /**
   * Values that were written together, each of another key.
   *
   * @param fresh whether no snapshot has them yet
   */
  private record Run(KeyedRun values, boolean fresh) {}

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many values there are, those among them that count no more. */
  public long count() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.values().count();
    }
    return sum;
  }

  /** How many bytes of memory it takes. */
  public long bytes() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.values().bytes();
    }
    return sum;
  }

  /**
   * Adds values in the order of their keys; they are closed.
   *
   * @param most how many there are at most
   */
  public void add(Entries sorted, long most) throws IOException {
    runs.add(new Run(KeyedRun.of(spill, sorted, most, BLOCK), true));
    if (!open) {
      merge();
    }
  }

  private void merge() throws IOException {
    int from = runs.size() > MOST_RUNS ? smallest() : -1;
    while (from >= 0) {
      List<Run> parts = List.copyOf(runs.subList(from, from + MERGED));
      long count = parts.stream().mapToLong(run -> run.values().count()).sum();
      Entries last = last(parts);
      boolean fresh = parts.get(0).fresh();
      // What hides an older value must stay, and what the next snapshot has to tell.
      Entries left = from == 0 && !fresh ? new LeftEntries(last, stays) : last;
      Run merged = new Run(KeyedRun.of(spill, left, count, BLOCK), fresh);
      runs.subList(from, from + MERGED).clear();
      runs.add(from, merged);
      for (Run part : parts) {
        part.values().close();
      }
      from = runs.size() > MOST_RUNS ? smallest() : -1;
    }
  }

  /** Where the neighbours begin that have the fewest bytes together; -1 for none alike. */
  private int smallest() {
    int best = -1;
    long least = Long.MAX_VALUE;
    for (int from = 0; from + MERGED <= runs.size(); from++) {
      List<Run> parts = runs.subList(from, from + MERGED);
      long sum = parts.stream().mapToLong(run -> run.values().length()).sum();
      boolean alike = parts.get(0).fresh() == parts.get(MERGED - 1).fresh();
      if (alike && sum < least) {
        least = sum;
        best = from;
      }
    }
    return best;
  }

  /** The last value of each key in some runs, in the order of keys. */
  private static Entries last(List<Run> of) throws IOException {
    List<KeyedRun> newestFirst = new ArrayList<>(of.stream().map(Run::values).toList());
    Collections.reverse(newestFirst);
    return new LeftEntries(KeyedRun.merged(newestFirst), new FirstOfEach());
  }

  /** Of entries of one key the first stays. */
  private static final class FirstOfEach implements LeftEntries.Stays {
    private byte[] key = new byte[64];
    private int length = -1;

    @Override
    public boolean test(Entries at) {
      int count = at.keyLength();
      if (count == length && Arrays.equals(key, 0, count, at.key(), 0, count)) {
        return false;
      }
      key = key.length < count ? new byte[2 * count] : key;
      System.arraycopy(at.key(), 0, key, 0, count);
      length = count;
      return true;
    }
  }

  /**
   * Looks for a key.
   *
   * @return the run that has its last value and is at it, until anything else is done
   */
  public Optional<KeyedRun> find(byte[] key, int length) throws IOException {
    for (int i = runs.size() - 1; i >= 0; i--) {
      KeyedRun run = runs.get(i).values();
      if (run.has(key, length)) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  /** The last value of each key. Values may be added until it is closed. */
  public Entries all() throws IOException {
    Entries all = last(runs);
    open = true;
    return new Reading(all, this);
  }

  private void ended() throws IOException {
    open = false;
    merge();
  }

  /** Entries during which runs stay as they are. */
  private record Reading(Entries from, KeyedValues of) implements PassedEntries {
    @Override
    public boolean next() throws IOException {
      return from.next();
    }

    @Override
    public void close() throws IOException {
      from.close();
      of.ended();
    }
  }

  /** The last value of each key of which one was added since {@link #settled}; to be closed. */
  public Entries fresh() throws IOException {
    return last(runs.stream().filter(Run::fresh).toList());
  }

  /** A snapshot has all values. */
  public void settled() throws IOException {
    runs.replaceAll(run -> new Run(run.values(), false));
    merge();
  }

  /** Deletes all. */
  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      run.values().close();
    }
    runs.clear();
  }
}
