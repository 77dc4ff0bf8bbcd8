package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.KeyedRun;
import io.penstock.core.state.KeyedRuns;
import io.penstock.core.state.StateInput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Keys with times that are on the disk. Single-threaded. */
final class SpilledKeys implements TimedLog.Elsewhere, AutoCloseable {
  private static final byte[] NOTHING = new byte[0];
  private static final int BEHIND = SpilledSessions.TIME + KeyedRuns.NUMBER;

  private final StepContext context;
  private final Schema schema;
  private final long within;
  private final KeyedRuns runs;
  private final KeyStart start = new KeyStart();
  private final ByteBuilder key = new ByteBuilder(64);
  private final EntryBytes value = new EntryBytes();
  private long watermark = TimeTracker.NOTHING;
  private long next;
  private long fresh;

  /**
   * Nothing yet.
   *
   * @param schema of the keys
   */
  SpilledKeys(Schema schema, long within, StepContext context) {
    this.context = context;
    this.schema = schema;
    this.within = within;
    this.runs = new KeyedRuns(context.memory().spill(), this::isLeft);
  }

  private boolean isLeft(Entries entry) {
    return until(JoinedSessions.time(entry.key(), entry.keyLength() - BEHIND)) > watermark;
  }

  private long until(long time) {
    return Windower.plus(time, within);
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return runs.bytes();
  }

  /** Takes keys that are in memory and may still be near a row. */
  void add(List<TimedLog.Chunk> chunks, long reached, KeyIndex index) {
    watermark = reached;
    long first = next;
    long last = Long.MIN_VALUE;
    try (EntrySorter sorter =
        new EntrySorter(context.memory().spill(), context.memory().toSort())) {
      for (TimedLog.Chunk chunk : chunks) {
        Batch rows = chunk.rows();
        int[] ids = new int[rows.size()];
        index.number(rows.columns(), ids.length, ids);
        for (int row = 0; row < ids.length; row++) {
          if (chunk.until()[row] > watermark) {
            last = Math.max(last, chunk.until()[row]);
            add(rows, row, start.of(index, ids[row]), sorter);
          }
        }
      }
      if (next > first) {
        runs.add(sorter.sorted(), new KeyedRuns.Extent(next - first, first, next - 1, last));
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void add(Batch rows, int row, ByteBuilder begin, EntrySorter sorter) throws IOException {
    key.truncate(0);
    key.append(begin.array(), 0, begin.length());
    SourcePlace.time(rows.times().orElseThrow().values()[row], key);
    JoinRun.number(next++, key);
    RowBytes.write(rows, row, value.begin());
    int length = value.end();
    sorter.add(key.array(), key.length(), value.array(), length);
  }

  /** Whether a key is there with a time that is near. */
  boolean isNear(KeyIndex index, int id, long time) {
    ByteBuilder begin = start.of(index, id);
    runs.seek(begin.array(), begin.length());
    try {
      while (runs.next()) {
        KeyedRun run = runs.run();
        int at = run.keyFrom() + run.keyLength() - BEHIND;
        if (RecentKeys.isNear(time, JoinedSessions.time(run.array(), at), within)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The watermark has come so far. */
  void reach(long reached) {
    watermark = reached;
    try {
      runs.reach(reached);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** A snapshot has all keys that are here. */
  void settled() {
    fresh = next;
  }

  @Override
  public long left() {
    return runs.count();
  }

  @Override
  public void fresh(Taker taker) throws IOException {
    RowBytes reading = new RowBytes(schema);
    StateInput bytes = StateInput.of(NOTHING);
    for (Entries run : runs.from(fresh)) {
      try (run) {
        boolean more = run.next();
        while (more) {
          while (more && reading.size() < Batch.MAX_ROWS) {
            reading.read(bytes.over(run.value(), 0, run.valueLength()));
            more = run.next();
          }
          taker.take(chunk(reading.build(context.node().step())));
        }
      }
    }
  }

  private TimedLog.Chunk chunk(Batch rows) {
    long[] times = rows.times().orElseThrow().values();
    return new TimedLog.Chunk(rows, Arrays.stream(times).map(this::until).toArray());
  }

  private RuntimeException failure(IOException e) {
    return StepStore.failure(context.node(), e);
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
