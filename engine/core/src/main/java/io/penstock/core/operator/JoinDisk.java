package io.penstock.core.operator;

import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.KeyedRun;
import io.penstock.core.state.KeyedRuns;
import io.penstock.core.state.SpilledQueue;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The rows of one input of a join that are on the disk: by key, where rows of the other input look
 * for them, and by the moment at which they come out, where they have to. Rows that are read come
 * as guests to the side in memory. Single-threaded.
 */
final class JoinDisk implements AutoCloseable {
  private static final int PLACE = 2 * Long.BYTES;
  private static final byte[] NO_START = new byte[0];

  private final StepContext context;
  private final boolean asked;
  private final boolean ordered;
  private final KeyedRuns byKey;
  private final SpilledQueue waiting;
  private final StateInput reading = StateInput.of(new byte[0]);
  private final EntryBytes value = new EntryBytes();
  private final byte[] place = new byte[PLACE];
  private long watermark = Long.MIN_VALUE;
  private long until = Long.MIN_VALUE;
  private long next = Long.MIN_VALUE;

  /**
   * Nothing yet.
   *
   * @param asked whether rows of the other input look for these
   * @param ordered whether rows of one key are in the order in which the last one counts
   */
  JoinDisk(boolean asked, boolean ordered, StepContext context) {
    this.context = context;
    this.asked = asked;
    this.ordered = ordered;
    this.byKey = new KeyedRuns(context.memory().spill(), entry -> !isOver(entry));
    this.waiting = new SpilledQueue(context.memory().spill());
  }

  private boolean isOver(Entries entry) throws IOException {
    return reading.over(entry.value(), 0, entry.valueLength()).number() <= watermark;
  }

  boolean isEmpty() {
    return byKey.isEmpty() && waiting.isEmpty();
  }

  /** About how many rows there are that may still be asked for. */
  long rows() {
    return asked ? byKey.count() : waiting.left();
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return byKey.bytes();
  }

  /** How many of these it takes even where nobody looks for anything. */
  long marks() {
    return byKey.marks();
  }

  /** Takes all rows of a side that are not over; they stay in it. */
  void add(JoinSide side, JoinKeys index, JoinLatest latest, IntPredicate comesOut) {
    if (side.live() == 0) {
      return;
    }
    try {
      if (asked) {
        long last = Long.MIN_VALUE;
        long first = Long.MAX_VALUE;
        for (int row = 0; row < side.size(); row++) {
          if (!side.isOver(row)) {
            first = Math.min(first, side.number(row));
            last = Math.max(last, side.expiry(row));
          }
        }
        KeyedRuns.Extent extent =
            new KeyedRuns.Extent(side.live(), first, side.nextNumber() - 1, last);
        byKey.add(new JoinRun(side, index, latest, ordered), extent);
        mark(side);
      }
      addWaiting(side, index, comesOut);
      next = side.nextNumber();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void mark(JoinSide side) {
    for (int row = 0; row < side.size(); row++) {
      boolean unused = side.isMatched(row) && !side.isOver(row) && byKey.mark(side.number(row));
    }
  }

  private void addWaiting(JoinSide side, JoinKeys index, IntPredicate comesOut) throws IOException {
    try (EntrySorter sorter =
        new EntrySorter(context.memory().spill(), context.memory().toSort())) {
      boolean any = false;
      for (int row = 0; row < side.size(); row++) {
        if (!side.isOver(row) && comesOut.test(row)) {
          any = true;
          ByteBuilder start = index.start(side.key(row));
          StateOutput output = value.begin();
          output.bytes(start.array(), 0, start.length());
          output.bytes(start.array(), 0, 0);
          RowBytes.write(side.chunk(row), side.place(row), output);
          int length = value.end();
          SpilledSessions.time(side.expiry(row), place, 0);
          SpilledGroups.bigEndian(side.number(row), place, Long.BYTES);
          sorter.add(place, PLACE, value.array(), length);
        }
      }
      if (any) {
        waiting.add(sorter.sorted(), side.nextNumber() - 1);
      }
    }
  }

  /** The watermark has come so far, and all that it releases has come out. */
  void reach(long reached) {
    watermark = reached;
    try {
      byKey.reach(reached);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Rows whose moment is at most this are to come out. */
  void release(long reached) {
    until = Math.max(until, reached);
  }

  /** Whether a row is to come out that stands before another one. */
  boolean isDue(long expiry, long number) {
    if (waiting.isEmpty()) {
      return false;
    }
    Entries first = waiting.first();
    long own = JoinedSessions.time(first.key(), 0);
    return own <= until && (own < expiry || own == expiry && KeyedRuns.number(first) < number);
  }

  /** Whether the row that comes out next has met one since. */
  boolean isNextMatched() {
    return asked && byKey.isMarked(KeyedRuns.number(waiting.first()));
  }

  /** Lets the row that comes out next go. */
  void skip() {
    try {
      waiting.take();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Lets the row that comes out next come as a guest; its place in the side. */
  int takeNext(JoinSide side, JoinGuests guests) {
    try {
      Entries first = waiting.first();
      StateInput input = reading.over(first.value(), 0, first.valueLength());
      byte[] start = input.bytes();
      byte[] unused = input.bytes();
      int guest = guests.come(side, KeyedRuns.number(first), start, input);
      waiting.take();
      return guest;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Looks for the rows of a key, from the one that came first on. */
  void seek(ByteBuilder start) {
    byKey.seek(start.array(), start.length());
  }

  /** Goes to the next row of the key that may still meet others; false at the end. */
  boolean next() {
    try {
      while (byKey.next()) {
        KeyedRun run = byKey.run();
        int from = run.valueFrom();
        if (reading.over(run.array(), from, from + run.valueLength()).number() > watermark) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The row that it is at comes as a guest; its place in the side. */
  int take(JoinSide side, JoinGuests guests) {
    return take(byKey.run(), side, guests);
  }

  /** The row that a run is at comes as a guest; its place in the side. */
  int take(KeyedRun run, JoinSide side, JoinGuests guests) {
    try {
      int from = run.valueFrom();
      StateInput input = reading.over(run.array(), from, from + run.valueLength());
      long unused = input.number();
      return guests.come(side, KeyedRuns.number(run), NO_START, input);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The time of the row that it is at. */
  long time() {
    try {
      KeyedRun run = byKey.run();
      int from = run.valueFrom();
      StateInput input = reading.over(run.array(), from, from + run.valueLength());
      long unused = input.number();
      return RowBytes.time(input);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The runs of rows by key, oldest first. */
  List<KeyedRun> runs() {
    return byKey.runs();
  }

  /** A row has met one; whether it is the first. */
  boolean match(long number) {
    return byKey.mark(number);
  }

  boolean isMatched(long number) {
    return byKey.isMarked(number);
  }

  /** Whether rows have come here with this number or a greater one. */
  boolean hasFrom(long number) {
    return next > number;
  }

  /** The rows with this number or a greater one that are not over, as they came; to be closed. */
  Entries from(long number) throws IOException {
    EntrySorter sorter = new EntrySorter(context.memory().spill(), context.memory().toSort());
    for (Entries run : asked ? byKey.from(number) : List.of(waiting.from(number))) {
      try (run) {
        while (run.next()) {
          if (KeyedRuns.number(run) >= number && !(asked && isOver(run))) {
            add(run, sorter);
          }
        }
      }
    }
    return sorter.sorted();
  }

  /** Adds a row by its number: how its key starts, its place among those of the key, the row. */
  private void add(Entries run, EntrySorter sorter) throws IOException {
    SpilledGroups.bigEndian(KeyedRuns.number(run), place, 0);
    StateInput input = reading.over(run.value(), 0, run.valueLength());
    StateOutput output = value.begin();
    if (asked) {
      long unused = input.number();
      int key = KeyStart.length(run.key());
      output.bytes(run.key(), 0, key);
      output.bytes(run.key(), key, run.keyLength() - KeyedRuns.NUMBER - key);
    }
    output.raw(run.value(), run.valueLength() - input.left(), input.left());
    int length = value.end();
    sorter.add(place, Long.BYTES, value.array(), length);
  }

  private RuntimeException failure(IOException e) {
    return StepStore.failure(context.node(), e);
  }

  @Override
  public void close() {
    try {
      byKey.close();
      waiting.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
