package io.penstock.core.operator;

import io.penstock.core.state.Entries;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.KeyedRun;
import io.penstock.core.state.KeyedRuns;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What was computed of open windows and is on the disk: parts, each found by the name of its
 * window, in the order in which they were written. Single-threaded.
 */
final class ContentParts implements AutoCloseable {
  /** Takes a part of a window. */
  @FunctionalInterface
  interface Taker {
    void take(long name, byte[] array, int from, int length) throws IOException;
  }

  /** What a part is found by: a hash, the window's name, the part's number. */
  private static final int START = KeyOrder.HASH + Long.BYTES;

  private final StepContext context;
  private final KeyedRuns runs;
  private final Set<Long> names = new HashSet<>();
  private final ByteBuilder key = new ByteBuilder(32);
  private final CRC32C crc = new CRC32C();
  private long next;
  private long fresh;

  ContentParts(StepContext context) {
    this.context = context;
    this.runs = new KeyedRuns(context.memory().spill(), entry -> names.contains(name(entry.key())));
  }

  private static long name(byte[] key) {
    return JoinedSessions.time(key, KeyOrder.HASH) ^ Long.MIN_VALUE;
  }

  /** Takes parts of several windows; one writing at a time. */
  final class Writing implements AutoCloseable {
    private final EntrySorter sorter =
        new EntrySorter(context.memory().spill(), context.memory().toSort());
    private final long first = next;

    void add(long name, byte[] part, int length) throws IOException {
      start(name);
      JoinRun.number(next++, key);
      sorter.add(key.array(), key.length(), part, length);
      names.add(name);
    }

    /** All parts are there. */
    void done() throws IOException {
      if (next > first) {
        KeyedRuns.Extent extent =
            new KeyedRuns.Extent(next - first, first, next - 1, Long.MAX_VALUE);
        runs.add(sorter.sorted(), extent);
      }
    }

    @Override
    public void close() throws IOException {
      sorter.close();
    }
  }

  /** Begins to take parts. */
  Writing writing() {
    return new Writing();
  }

  private void start(long name) {
    KeyOrder.begin(key);
    JoinRun.number(name, key);
    KeyOrder.seal(key, crc);
  }

  /** Whether there is a part of a window. */
  boolean has(long name) {
    return names.contains(name);
  }

  /** Hands on the parts of a window, in order. */
  void each(long name, Taker taker) throws IOException {
    start(name);
    runs.seek(key.array(), START);
    while (runs.next()) {
      KeyedRun run = runs.run();
      taker.take(name, run.array(), run.valueFrom(), run.valueLength());
    }
  }

  /** Nobody asks for a window any more. */
  void forget(long name) throws IOException {
    if (names.remove(name) && names.isEmpty()) {
      runs.close();
    }
  }

  /** Hands on the parts of windows that are asked for; those of each in order. */
  void each(boolean all, Taker taker) throws IOException {
    List<Entries> open = runs.from(all ? 0 : fresh);
    for (Entries run : open) {
      try (run) {
        while (run.next()) {
          long name = name(run.key());
          if (names.contains(name)) {
            taker.take(name, run.value(), 0, run.valueLength());
          }
        }
      }
    }
  }

  /** A snapshot has all parts that are here. */
  void settled() {
    fresh = next;
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return runs.bytes() + 48L * names.size();
  }

  @Override
  public void close() {
    try {
      runs.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
