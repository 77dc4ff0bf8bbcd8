package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Remember;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last row of each key. A row that comes takes the place of the one of its key, whatever its
 * change says, because connectors send changes again after a failure; a key that goes takes its row
 * away. A key that is not known has no row in the table that is handed on, so nothing goes.
 */
final class RememberOperator implements Operator, ChangingLog.Groups {
  /** What an entry takes beside its bytes. */
  private static final long ENTRY = 24;

  private final StepContext context;
  private final int[] key;
  private final List<DataType> types;
  private final ChangeRows changes;
  private final ChangingLog log = new ChangingLog();
  private final BitSet changed = new BitSet();
  private final KeyIndex index;
  private final MemoryBudget.Share share;
  private byte[] @Nullable [] rows = new byte[64][];
  private byte[][] keys = new byte[64][];
  private int size;
  private long bytes;
  private long held;

  RememberOperator(Remember remember, StepContext context) {
    this.context = context;
    Schema input = context.inputs().get(0);
    this.key = remember.key().stream().mapToInt(input::indexOf).toArray();
    this.types = Arrays.stream(key).mapToObj(field -> input.column(field).type()).toList();
    this.changes = new ChangeRows(context.node().schema(), context.node().step());
    this.index = KeyIndex.ofKeysOnly(types);
    this.share = context.memory().share(context.node());
  }

  @Override
  public void rows(int input, Batch batch) {
    context.counters().in(batch.size());
    Column[] columns = Arrays.stream(key).mapToObj(batch::column).toArray(Column[]::new);
    int[] ids = new int[batch.size()];
    index.number(columns, ids.length, ids);
    for (int row = 0; row < ids.length; row++) {
      know(ids[row], columns, row);
      Change change = Change.of(batch, row);
      if (!change.takesAway()) {
        put(ids[row], changes.written(batch, row));
      } else if (!isReplaced(batch, ids, row)) {
        put(ids[row], null);
      }
    }
  }

  /** Whether the next row takes the place of this one under the same key. */
  private static boolean isReplaced(Batch batch, int[] ids, int row) {
    return row + 1 < ids.length
        && ids[row + 1] == ids[row]
        && Change.of(batch, row) == Change.UPDATE_BEFORE
        && Change.of(batch, row + 1) == Change.UPDATE_AFTER;
  }

  private void know(int id, Column[] columns, int row) {
    if (id == size) {
      know(changes.written(columns, row));
    }
  }

  private void know(byte[] newKey) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      rows = Arrays.copyOf(rows, size * 2);
    }
    keys[size++] = newKey;
    bytes += 2 * ENTRY + newKey.length;
  }

  /** A row, or none, takes the place of that of a key. */
  private void put(int id, byte @Nullable [] now) {
    byte[] before = rows[id];
    if (before == null && now == null) {
      context.counters().filtered(1);
      return;
    }
    changes.update(before, now);
    rows[id] = now;
    changed.set(id);
    bytes += (now == null ? 0 : now.length) - (before == null ? 0 : before.length);
  }

  @Override
  public boolean drain(Out out) {
    Optional<Batch> next = changes.next(count -> RowMarks.NONE);
    if (next.isPresent()) {
      context.counters().out(0, next.get().size());
      out.rows(0, next.get());
    }
    hold();
    return changes.size() > 0;
  }

  private void hold() {
    long now = bytes + index.bytes();
    if (!share.hold(now - held)) {
      context.memory().requireRoom(context.node(), "rows", now);
    }
    held = now;
  }

  @Override
  public byte[] key(int group) {
    return keys[group];
  }

  @Override
  public boolean isThere(int group) {
    return rows[group] != null;
  }

  @Override
  public void write(int group, StateOutput to) throws IOException {
    byte[] row = java.util.Objects.requireNonNull(rows[group]);
    to.bytes(row, 0, row.length);
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    log.snapshot(this, size, changed, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    for (Map.Entry<ByteBuffer, byte[]> entry : ChangingLog.restored(from).entrySet()) {
      byte[] restored = entry.getKey().array();
      index.number(ChangeRows.columns(types, restored), 1, new int[1]);
      know(restored);
      try (StateInput input = StateInput.of(entry.getValue())) {
        rows[size - 1] = input.bytes();
      }
      bytes += entry.getValue().length;
    }
    log.renumbered();
  }

  @Override
  public void close() {
    share.close();
  }
}
