package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.KeyedRuns;
import io.penstock.core.state.SortedRuns;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a step {@code over} by event time holds on the disk: the series of each group with the rows
 * that they look at, by key, and the rows that no snapshot has. Single-threaded.
 */
final class SpilledSeries implements AutoCloseable {
  private static final int CHANGED = 1;
  private static final int GIVEN = 1;

  private final StepContext context;
  private final OverTallies.Codec codec;
  private final OverReach reach;
  private final SpilledValues values;
  private final SortedRuns fresh;
  private final RowBytes reading;
  private final StateInput value = StateInput.of(new byte[0]);
  private final StateInput part = StateInput.of(new byte[0]);
  private final EntryBytes bytes = new EntryBytes();
  private long watermark = TimeTracker.NOTHING;
  private long rows;
  private boolean isFresh;

  SpilledSeries(OverTallies.Codec codec, OverReach reach, StepContext context) {
    this.context = context;
    this.codec = codec;
    this.reach = reach;
    this.values = new SpilledValues(context, this::isLeft);
    this.fresh = new SortedRuns(context.memory().spill());
    this.reading = new RowBytes(context.inputs().get(0));
  }

  /**
   * A group as it begins in a value.
   *
   * @param last when its last row is
   */
  private record Head(boolean changed, boolean waits, long last, int series) {
    static Head of(StateInput from) throws IOException {
      boolean changed = (from.flags(CHANGED) & CHANGED) != 0;
      return new Head(changed, from.flag(), from.number(), from.count(Integer.MAX_VALUE));
    }
  }

  /**
   * A group that has come back.
   *
   * @param series oldest first
   * @param given the one of the row that was given its values last
   */
  record Group(
      List<OverSeries> series, Optional<OverSeries> given, boolean changed, Optional<Batch> rows) {}

  private boolean isLeft(Entries entry) throws IOException {
    return isLeft(Head.of(value.over(entry.value(), 0, entry.valueLength())));
  }

  private boolean isLeft(Head head) {
    return head.waits() || reach.over(head.last()) > watermark;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  long bytes() {
    return values.bytes();
  }

  /** How many groups there are at most. */
  long count() {
    return values.count();
  }

  /** Whether there are tallies that no snapshot has. */
  boolean isFresh() {
    return isFresh;
  }

  /** The watermark has come so far. */
  void reach(long reached) {
    watermark = reached;
  }

  /** Takes all groups. */
  void add(KeyIndex index, OverGroups groups) {
    rows -= groups.rowsBack();
    codec.prepare();
    values.add(
        index,
        (id, to) -> {
          List<OverSeries> all = groups.all(id);
          boolean waits = all.stream().anyMatch(series -> series.next < series.end());
          to.flags(groups.changed().get(id) ? CHANGED : 0);
          to.flag(waits);
          to.number(all.isEmpty() ? Long.MIN_VALUE : all.get(all.size() - 1).last);
          to.number(all.size());
          for (OverSeries series : all) {
            write(series, series == groups.given(id), to);
          }
          return true;
        });
    codec.written();
    isFresh |= !groups.changed().isEmpty();
  }

  private void write(OverSeries series, boolean given, StateOutput to) throws IOException {
    to.flags(given ? GIVEN : 0);
    codec.write(series, bytes.begin());
    int length = bytes.end();
    to.bytes(bytes.array(), 0, length);
    to.number(series.last);
    to.number(series.next - series.first());
    to.number(series.end() - series.first());
    for (long row = series.first(); row < series.end(); row++) {
      OverPart of = series.part(row);
      to.number(of.number(series.row(row)));
      RowBytes.write(of.rows(), series.row(row), bytes.begin());
      length = bytes.end();
      to.bytes(bytes.array(), 0, length);
    }
    rows += series.end() - series.first();
  }

  /** Lets the group of a key come back; empty where nothing is known of it. */
  Optional<Group> take(KeyIndex index, int id, OverInput input) {
    return values.find(index, id, from -> read(from, input)).flatMap(group -> group);
  }

  private Optional<Group> read(StateInput from, OverInput input) throws IOException {
    Head head = Head.of(from);
    if (!isLeft(head)) {
      return Optional.empty();
    }
    List<OverSeries> all = new ArrayList<>();
    Optional<OverSeries> given = Optional.empty();
    int[] counts = new int[head.series()];
    long[] numbers = new long[16];
    int size = 0;
    for (int i = 0; i < counts.length; i++) {
      boolean isGiven = (from.flags(GIVEN) & GIVEN) != 0;
      OverSeries series = codec.begin();
      codec.read(series, over(from.bytes()));
      given = isGiven ? Optional.of(series) : given;
      series.last = from.number();
      series.next = from.number();
      counts[i] = from.count(Integer.MAX_VALUE);
      numbers = Arrays.copyOf(numbers, Math.max(numbers.length, size + counts[i]));
      for (int row = 0; row < counts[i]; row++) {
        numbers[size++] = from.number();
        reading.read(over(from.bytes()));
      }
      all.add(series);
    }
    if (size == 0) {
      return Optional.of(new Group(all, given, head.changed(), Optional.empty()));
    }
    Batch read = reading.build(context.node().step());
    OverPart of = input.part(read, numbers);
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int row = 0; row < counts[i]; row++) {
        all.get(i).add(of, at++);
      }
    }
    return Optional.of(new Group(all, given, head.changed(), Optional.of(read)));
  }

  private StateInput over(byte[] of) {
    return part.over(of, 0, of.length);
  }

  /** Takes rows that no snapshot has, which come after those so far. */
  void addFresh(List<OverPart> parts) {
    MadeEntries.Entry entry = new MadeEntries.Entry();
    int[] at = {0, 0};
    MadeEntries entries =
        new MadeEntries() {
          @Override
          public boolean next() throws IOException {
            while (at[0] < parts.size() && at[1] == parts.get(at[0]).rows().size()) {
              at[0]++;
              at[1] = 0;
            }
            if (at[0] == parts.size()) {
              return false;
            }
            OverPart from = parts.get(at[0]);
            int row = at[1]++;
            entry.key().truncate(0);
            JoinRun.number(from.number(row), entry.key());
            RowBytes.write(from.rows(), row, entry.value().begin());
            int unused = entry.value().end();
            return true;
          }

          @Override
          public Entry entry() {
            return entry;
          }
        };
    try {
      fresh.add(entries);
    } catch (IOException e) {
      throw values.failure(e);
    }
  }

  /** About how many rows are here, or were here and are in memory again. */
  long left() {
    return rows;
  }

  /** Gives the rows that no snapshot has, as they came. */
  void fresh(TimedLog.Elsewhere.Taker taker) throws IOException {
    if (!fresh.isEmpty()) {
      give(fresh.entries(List.of(), List.of()), taker);
    }
  }

  /** Gives the rows of all groups as they came; all groups are here. */
  void all(TimedLog.Elsewhere.Taker taker) throws IOException {
    EntrySorter sorter = new EntrySorter(context.memory().spill(), context.memory().toSort());
    byte[] number = new byte[KeyedRuns.NUMBER];
    rows = 0;
    try (Entries all = values.all()) {
      while (all.next()) {
        StateInput from = value.over(all.value(), 0, all.valueLength());
        Head head = Head.of(from);
        for (int i = isLeft(head) ? head.series() : 0; i > 0; i--) {
          int unusedFlags = from.flags(GIVEN);
          byte[] unusedTally = from.bytes();
          long unusedLast = from.number();
          long unusedNext = from.number();
          for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
            SpilledGroups.bigEndian(from.number(), number, 0);
            byte[] row = from.bytes();
            sorter.add(number, number.length, row, row.length);
            rows++;
          }
        }
      }
    }
    give(sorter.sorted(), taker);
  }

  private void give(Entries from, TimedLog.Elsewhere.Taker taker) throws IOException {
    try (from) {
      while (from.next()) {
        reading.read(part.over(from.value(), 0, from.valueLength()));
        if (reading.size() == Batch.MAX_ROWS) {
          taker.take(chunk());
        }
      }
    }
    if (reading.size() > 0) {
      taker.take(chunk());
    }
  }

  private TimedLog.Chunk chunk() {
    Batch read = reading.build(context.node().step());
    long[] times = read.times().orElseThrow().values();
    return new TimedLog.Chunk(
        read, Arrays.stream(times, 0, read.size()).map(reach::until).toArray());
  }

  /** A snapshot has all rows. */
  void rowsSettled() throws IOException {
    fresh.close();
  }

  /** Gives the tallies of groups: all, or those that no snapshot has. */
  void tallies(boolean all, OverTallies.Taker taker) throws IOException {
    try (Entries entries = all ? values.all() : values.fresh()) {
      while (entries.next()) {
        StateInput from = value.over(entries.value(), 0, entries.valueLength());
        Head head = Head.of(from);
        Optional<byte[]> given = Optional.empty();
        for (int i = head.series(); i > 0; i--) {
          boolean isGiven = (from.flags(GIVEN) & GIVEN) != 0;
          byte[] tally = from.bytes();
          given = isGiven ? Optional.of(tally) : given;
          long unusedLast = from.number();
          long unusedNext = from.number();
          for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
            long unusedNumber = from.number();
            byte[] unusedRow = from.bytes();
          }
        }
        if (given.isPresent() && isLeft(head) && (all || head.changed())) {
          byte[] key = Arrays.copyOfRange(entries.key(), KeyOrder.HASH, entries.keyLength());
          taker.take(key, given.get());
        }
      }
    }
  }

  /** A snapshot has all tallies. */
  void settled() throws IOException {
    isFresh = false;
    values.settled();
  }

  @Override
  public void close() {
    values.close();
    try {
      fresh.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
