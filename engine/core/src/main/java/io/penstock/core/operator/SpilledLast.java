package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.KeyedRuns;
import io.penstock.core.state.SpilledQueue;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Last rows of keys that are on the disk: by key, where the next row of it looks for them, and by
 * the moment at which they are over, where somebody is told of that. Single-threaded.
 */
final class SpilledLast implements TimedLog.Elsewhere, AutoCloseable {
  private static final int FRESH = 1;

  /** How many rows are handed on together. */
  private static final int AT_ONCE = Batch.MAX_ROWS;

  private final StepContext context;
  private final Schema schema;
  private final boolean handedOn;
  private final SpilledValues values;
  private final SpilledQueue ends;
  private final RowBytes rows;
  private final ByteBuilder key = new ByteBuilder(64);
  private final StateInput reading = StateInput.of(new byte[0]);
  private long watermark = TimeTracker.NOTHING;
  private long next;

  /**
   * Nothing yet.
   *
   * @param handedOn whether somebody is told of rows that are over
   */
  SpilledLast(boolean handedOn, StepContext context) {
    this.context = context;
    this.schema = context.inputs().get(0);
    this.handedOn = handedOn;
    this.values = new SpilledValues(context, this::isLeft);
    this.ends = new SpilledQueue(context.memory().spill());
    this.rows = new RowBytes(schema);
  }

  /** Gives the last row of a key in memory. */
  interface Known {
    LastRows.@Nullable Last last(int id);
  }

  /**
   * A row that is read.
   *
   * @param number of the row among all that came here
   * @param fresh whether no snapshot had it when it came
   * @param position of the row, which keeps the order of rows of one time; -1 for none
   */
  private record Head(boolean fresh, long number, long until, long position) {
    static Head of(StateInput from) throws IOException {
      boolean fresh = (from.flags(FRESH) & FRESH) != 0;
      return new Head(fresh, from.number(), from.number(), from.number());
    }
  }

  /** A row with its number. */
  private record Found(long number, LastRows.Last row) {}

  private boolean isLeft(Entries entry) throws IOException {
    return Head.of(reading.over(entry.value(), 0, entry.valueLength())).until() > watermark;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  long bytes() {
    return values.bytes();
  }

  /** Takes the last rows of the keys of an index. */
  void add(KeyIndex index, Known known, Predicate<LastRows.Last> isFresh) {
    long first = next;
    next += index.size();
    values.add(
        index,
        (id, to) -> {
          LastRows.Last row = known.last(id);
          if (row == null) {
            return false;
          }
          to.flags(isFresh.test(row) ? FRESH : 0);
          to.number(first + id);
          to.number(row.until());
          Provenance from = row.rows().provenance();
          to.number(from.positions().length > 0 ? from.position(row.row()) : -1);
          RowBytes.write(row.rows(), row.row(), to);
          return true;
        });
    if (handedOn) {
      addEnds(index, known, first);
    }
  }

  private void addEnds(KeyIndex index, Known known, long first) {
    EntryBytes end = new EntryBytes();
    try (EntrySorter sorter =
        new EntrySorter(context.memory().spill(), context.memory().toSort())) {
      for (int id = 0; id < index.size(); id++) {
        LastRows.Last row = known.last(id);
        if (row != null) {
          key.truncate(0);
          SourcePlace.time(row.until(), key);
          JoinRun.number(first + id, key);
          int length = key.length();
          index.encode(id, key);
          StateOutput to = end.begin();
          to.raw(key.array(), length, key.length() - length);
          int count = end.end();
          sorter.add(key.array(), length, end.array(), count);
        }
      }
      ends.add(sorter.sorted(), next - 1);
    } catch (IOException e) {
      throw values.failure(e);
    }
  }

  /** The last row of a key, where it is not over. */
  Optional<LastRows.Last> find(KeyIndex index, int id) {
    return values
        .find(index, id, this::read)
        .map(Found::row)
        .filter(row -> row.until() > watermark);
  }

  private Found read(StateInput from) throws IOException {
    Head head = Head.of(from);
    rows.read(from);
    return new Found(head.number(), new LastRows.Last(built(head.position()), 0, head.until()));
  }

  private Batch built(long... positions) {
    Batch built = rows.build(context.node().step());
    if (positions[0] < 0) {
      return built;
    }
    Provenance from = new Provenance(context.node().step(), "", positions, new int[0], Map.of());
    return new Batch(schema, built.size(), built.columns(), from, built.marks());
  }

  /**
   * Hands on some of the rows that are over once the watermark has come so far; false where there
   * are none.
   *
   * @param replaced whether a key has another row in memory
   */
  boolean release(long reached, Predicate<byte[]> replaced, Consumer<LastRows.Last> over) {
    int left = AT_ONCE;
    try {
      while (left > 0 && !ends.isEmpty()) {
        Entries first = ends.first();
        if (JoinedSessions.time(first.key(), 0) > reached) {
          break;
        }
        long number = KeyedRuns.number(first);
        byte[] of = Arrays.copyOf(first.value(), first.valueLength());
        ends.take();
        left--;
        if (!replaced.test(of)) {
          values
              .find(of, this::read)
              .filter(found -> found.number() == number)
              .ifPresent(found -> over.accept(found.row()));
        }
      }
    } catch (IOException e) {
      throw values.failure(e);
    }
    return left < AT_ONCE;
  }

  /** The watermark has come so far. */
  void reach(long reached) {
    watermark = reached;
  }

  /** A snapshot has all rows that are here. */
  void settled() throws IOException {
    values.settled();
  }

  @Override
  public long left() {
    return values.count();
  }

  @Override
  public void fresh(Taker taker) throws IOException {
    give(values.fresh(), false, taker);
  }

  @Override
  public boolean knowsAll() {
    return true;
  }

  @Override
  public void all(Taker taker) throws IOException {
    if (!values.isEmpty()) {
      give(values.all(), true, taker);
    }
  }

  private void give(Entries from, boolean all, Taker taker) throws IOException {
    long[] until = new long[Batch.MAX_ROWS];
    long[] positions = new long[Batch.MAX_ROWS];
    int count = 0;
    try (from) {
      while (from.next()) {
        StateInput input = reading.over(from.value(), 0, from.valueLength());
        Head head = Head.of(input);
        if (head.until() > watermark && (all || head.fresh())) {
          rows.read(input);
          until[count] = head.until();
          positions[count++] = head.position();
        }
        if (count == Batch.MAX_ROWS) {
          taker.take(new TimedLog.Chunk(built(positions.clone()), until.clone()));
          count = 0;
        }
      }
    }
    if (count > 0) {
      Batch last = built(Arrays.copyOf(positions, count));
      taker.take(new TimedLog.Chunk(last, Arrays.copyOf(until, count)));
    }
  }

  @Override
  public void close() {
    values.close();
    try {
      ends.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
