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
import java.util.Optional;
import java.util.function.Supplier;

/** Rows on the disk in the order of their times and places. Single-threaded. */
final class SpilledTimes implements TimedLog.Elsewhere, AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final StepContext context;
  private final Schema schema;
  private final SpilledQueue queue;
  private final RowBytes reading;
  private final StateInput bytes = StateInput.of(NOTHING);
  private final MadeEntries.Entry entry = new MadeEntries.Entry();
  private final ByteBuilder key = entry.key();
  private final EntryBytes value = entry.value();
  private long next = Long.MIN_VALUE;
  private long fresh;

  SpilledTimes(Schema schema, StepContext context) {
    this.schema = schema;
    this.context = context;
    this.queue = new SpilledQueue(context.memory().spill());
    this.reading = new RowBytes(schema);
  }

  /**
   * A row in memory.
   *
   * @param from where the rows of the batch come from
   * @param number of the row among all that came
   */
  record Row(Batch rows, Provenance from, int at, long number) {}

  boolean isEmpty() {
    return queue.isEmpty();
  }

  private void encode(Row row) {
    key.truncate(0);
    long time = row.rows().times().orElseThrow().values()[row.at()];
    SourcePlace.append(time, row.from(), row.at(), key);
    JoinRun.number(row.number(), key);
  }

  /**
   * Takes rows.
   *
   * @param rows gives them in order; empty at the end
   * @param upTo no number is as great
   */
  void add(Supplier<Optional<Row>> rows, long upTo) {
    try {
      queue.add(new Given(rows), upTo - 1);
    } catch (IOException e) {
      throw failure(e);
    }
    next = upTo;
  }

  /** Rows as entries. */
  private final class Given implements MadeEntries {
    private final Supplier<Optional<Row>> rows;

    Given(Supplier<Optional<Row>> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() throws IOException {
      Optional<Row> row = rows.get();
      if (row.isEmpty()) {
        return false;
      }
      encode(row.get());
      RowBytes.write(row.get().rows(), row.get().at(), value.begin());
      int unused = value.end();
      return true;
    }

    @Override
    public Entry entry() {
      return entry;
    }
  }

  /** Whether there is a row whose time the watermark has passed. */
  boolean hasDue(long watermark) {
    return !queue.isEmpty() && JoinedSessions.time(queue.first().key(), 0) <= watermark;
  }

  /** Whether the first row is before one in memory, if there is any. */
  boolean isFirst(Optional<Row> other) {
    if (queue.isEmpty() || other.isEmpty()) {
      return !queue.isEmpty();
    }
    encode(other.get());
    Entries first = queue.first();
    return Arrays.compareUnsigned(first.key(), 0, first.keyLength(), key.array(), 0, key.length())
        < 0;
  }

  /** Takes the first row away. */
  void take() {
    try {
      Entries first = queue.first();
      reading.read(bytes.over(first.value(), 0, first.valueLength()));
      queue.take();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The rows that were taken since the last time. */
  Batch taken() {
    return reading.build(context.node().step());
  }

  /** A snapshot has all rows before this number. */
  void settled(long upTo) {
    fresh = upTo;
  }

  @Override
  public long left() {
    return queue.left();
  }

  @Override
  public void fresh(Taker taker) throws IOException {
    if (next <= fresh) {
      return;
    }
    EntrySorter sorter = new EntrySorter(context.memory().spill(), context.memory().toSort());
    try (Entries rows = queue.from(fresh)) {
      while (rows.next()) {
        add(rows, sorter);
      }
    }
    try (NumberedRows numbered = new NumberedRows(sorter.sorted(), schema, context.node().step())) {
      Optional<NumberedRows.Part> part = numbered.next();
      while (part.isPresent()) {
        Batch rows = part.get().rows();
        taker.take(new TimedLog.Chunk(rows, rows.times().orElseThrow().values().clone()));
        part = numbered.next();
      }
    }
  }

  private void add(Entries row, EntrySorter sorter) throws IOException {
    byte[] place = new byte[KeyedRuns.NUMBER];
    SpilledGroups.bigEndian(KeyedRuns.number(row), place, 0);
    StateOutput output = value.begin();
    output.bytes(NOTHING, 0, 0);
    output.bytes(row.key(), 0, row.keyLength() - KeyedRuns.NUMBER);
    output.raw(row.value(), 0, row.valueLength());
    int length = value.end();
    sorter.add(place, place.length, value.array(), length);
  }

  private RuntimeException failure(IOException e) {
    return StepStore.failure(context.node(), e);
  }

  @Override
  public void close() {
    try {
      queue.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
