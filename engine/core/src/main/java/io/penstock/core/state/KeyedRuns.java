package io.penstock.core.state;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Spilled entries that are found by the begin of their keys, which is a hash of four bytes and what
 * it is of. At the end of each key stands a number of eight bytes; those of a run are greater than
 * those of all runs before it. Numbers may be marked, at the cost of a bit each. Single-threaded.
 */
public final class KeyedRuns implements AutoCloseable {
  /** How many bytes at the end of a key are its number. */
  public static final int NUMBER = Long.BYTES;

  /** Small enough to be read for one entry, large enough for where it begins to be no burden. */
  private static final int BLOCK = 2 << 10;

  /** Each of them is asked for nearly each key. */
  private static final int MOST_RUNS = 12;

  private static final int MERGED = 8;
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final SpillFolder spill;
  private final LeftEntries.Stays stays;
  private final List<Run> runs = new ArrayList<>();
  private byte[] start = new byte[0];
  private int startLength;
  private int at;
  private boolean found;

  /**
   * No runs yet.
   *
   * @param stays which entries stay when runs are merged
   */
  public KeyedRuns(SpillFolder spill, LeftEntries.Stays stays) {
    this.spill = spill;
    this.stays = stays;
  }

  /**
   * What is known of a run.
   *
   * @param count how many entries there are at most
   * @param first no number is less
   * @param last no number is greater
   * @param until the watermark at which nobody asks for any of the entries
   */
  public record Extent(long count, long first, long last, long until) {}

  private record Run(KeyedRun entries, Extent extent, BitSet marked) {
    boolean covers(long number) {
      return number >= extent.first() && number <= extent.last();
    }
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many entries there are. */
  public long count() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.entries().count();
    }
    return sum;
  }

  /** How many bytes of memory it takes. */
  public long bytes() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.entries().bytes() + run.marked().size() / Byte.SIZE;
    }
    return sum;
  }

  /** How many of these it takes even where nobody looks for anything. */
  public long marks() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.entries().marks() + run.marked().size() / Byte.SIZE;
    }
    return sum;
  }

  /** Writes a run of entries in order; they are closed. */
  public void add(Entries sorted, Extent extent) throws IOException {
    KeyedRun run = KeyedRun.of(spill, sorted, extent.count(), BLOCK);
    runs.add(new Run(run, extent, new BitSet()));
    if (runs.size() > MOST_RUNS) {
      merge(smallest());
    }
  }

  /** Where the neighbours begin that have the fewest bytes together. */
  private int smallest() {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int from = 0; from + MERGED <= runs.size(); from++) {
      long sum = 0;
      for (Run run : runs.subList(from, from + MERGED)) {
        sum += run.entries().length();
      }
      if (sum < least) {
        least = sum;
        best = from;
      }
    }
    return best;
  }

  private void merge(int from) throws IOException {
    List<Run> parts = List.copyOf(runs.subList(from, from + MERGED));
    long first = parts.get(0).extent().first();
    long until = Long.MIN_VALUE;
    long count = 0;
    BitSet marked = new BitSet();
    for (Run part : parts) {
      long shift = part.extent().first() - first;
      part.marked().stream().forEach(bit -> marked.set(Math.toIntExact(bit + shift)));
      until = Math.max(until, part.extent().until());
      count += part.entries().count();
    }
    Extent extent = new Extent(count, first, parts.get(MERGED - 1).extent().last(), until);
    Entries all = KeyedRun.merged(parts.stream().map(Run::entries).toList());
    KeyedRun merged = KeyedRun.of(spill, new LeftEntries(all, stays), count, BLOCK);
    runs.subList(from, from + MERGED).clear();
    runs.add(from, new Run(merged, extent, marked));
    for (Run part : parts) {
      part.entries().close();
    }
  }

  /** Deletes the runs of which nobody asks for any entry, now that the watermark is so far. */
  public void reach(long watermark) throws IOException {
    for (Run run : List.copyOf(runs)) {
      if (run.extent().until() <= watermark) {
        runs.remove(run);
        run.entries().close();
      }
    }
  }

  /** Goes before the first entry whose key begins with these bytes, in the oldest run. */
  public void seek(byte[] begin, int length) {
    start = start.length < length ? new byte[2 * length] : start;
    System.arraycopy(begin, 0, start, 0, length);
    startLength = length;
    at = -1;
    found = false;
  }

  /** Goes to the next entry that begins so, in the order of runs and keys; false at the end. */
  public boolean next() throws IOException {
    if (found && run().next() && run().beginsWith(start, startLength)) {
      return true;
    }
    found = false;
    while (++at < runs.size()) {
      KeyedRun run = run();
      if (run.mayHave(start)
          && run.seek(start, startLength)
          && run.beginsWith(start, startLength)) {
        found = true;
        return true;
      }
    }
    return false;
  }

  /** The run with the entry that it is at. */
  public KeyedRun run() {
    return runs.get(at).entries();
  }

  /** All runs, oldest first. */
  public List<KeyedRun> runs() {
    return runs.stream().map(Run::entries).toList();
  }

  /** The number of the entry that a run is at. */
  public static long number(KeyedRun run) {
    return (long) BIG.get(run.array(), run.keyFrom() + run.keyLength() - NUMBER);
  }

  /** The number of an entry. */
  public static long number(Entries entry) {
    return (long) BIG.get(entry.key(), entry.keyLength() - NUMBER);
  }

  /** Marks a number of an entry; false where it was marked before. */
  public boolean mark(long number) {
    if (isMarked(number)) {
      return false;
    }
    for (Run run : runs) {
      if (run.covers(number)) {
        run.marked().set(Math.toIntExact(number - run.extent().first()));
      }
    }
    return true;
  }

  public boolean isMarked(long number) {
    for (Run run : runs) {
      if (run.covers(number)) {
        return run.marked().get(Math.toIntExact(number - run.extent().first()));
      }
    }
    return false;
  }

  /** The entries with this number or a greater one, run by run; each to be closed. */
  public List<Entries> from(long number) throws IOException {
    List<Entries> open = new ArrayList<>();
    for (Run run : runs) {
      if (run.extent().last() >= number) {
        open.add(new LeftEntries(run.entries().entries(), entry -> number(entry) >= number));
      }
    }
    return open;
  }

  /** Deletes all. */
  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      run.entries().close();
    }
    runs.clear();
  }
}
