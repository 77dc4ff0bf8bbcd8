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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last row of each key. A row that comes takes the place of the one of its key, whatever its
 * change says, because connectors send changes again after a failure; a key that goes takes its row
 * away. A key that is not known has no row in the table that is handed on, so nothing goes.
 */
final class RememberOperator implements Operator, KeyedTable {
  /** What an entry takes beside its bytes. */
  private static final long ENTRY = 24;

  private final StepContext context;
  private final int[] key;
  private final ChangeRows changes;
  private final KeyedGroups known;
  private final MemoryBudget.Share share;
  private byte[] @Nullable [] rows = new byte[64][];
  private long bytes;
  private long held;

  RememberOperator(Remember remember, StepContext context) {
    this.context = context;
    Schema input = context.inputs().get(0);
    this.key = remember.key().stream().mapToInt(input::indexOf).toArray();
    List<DataType> types =
        Arrays.stream(key).mapToObj(field -> input.column(field).type()).toList();
    this.changes = new ChangeRows(context.node().schema(), context.node().step());
    this.known = new KeyedGroups(types, this, changes, context);
    this.share = context.memory().share(context.node());
  }

  @Override
  public void rows(int input, Batch batch) {
    context.counters().in(batch.size());
    Column[] columns = Arrays.stream(key).mapToObj(batch::column).toArray(Column[]::new);
    int[] ids = known.number(columns, batch.size());
    for (int row = 0; row < ids.length; row++) {
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

  /** A row, or none, takes the place of that of a key. */
  private void put(int id, byte @Nullable [] now) {
    byte[] before = rows[id];
    if (before == null && now == null) {
      context.counters().filtered(1);
      return;
    }
    changes.update(before, now);
    rows[id] = now;
    known.change(id);
    bytes += (now == null ? 0 : now.length) - (before == null ? 0 : before.length);
  }

  @Override
  public boolean drain(Out out) {
    Optional<Batch> next = changes.next(count -> RowMarks.NONE);
    if (next.isPresent()) {
      context.counters().out(0, next.get().size());
      out.rows(0, next.get());
    }
    if (changes.size() == 0) {
      settle();
    }
    return changes.size() > 0;
  }

  /** Counts what is held; what does not fit goes to the disk. */
  private void settle() {
    boolean fits = hold();
    if ((!fits && context.memory().isWorthGivingUp(known.inMemory()) || known.isNearlyFull())
        && known.giveUp()) {
      fits = hold();
    }
    if (!fits) {
      context.memory().requireTables(context.node(), "rows", held);
    }
  }

  private boolean hold() {
    long now = known.bytes();
    long more = now - held;
    held = now;
    return share.hold(more);
  }

  @Override
  public long held() {
    return held;
  }

  @Override
  public void begin(int group) {
    if (group == rows.length) {
      rows = Arrays.copyOf(rows, group * 2);
    }
    bytes += ENTRY;
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
  public void read(int group, StateInput from) throws IOException {
    byte[] row = from.bytes();
    rows[group] = row;
    bytes += row.length;
  }

  @Override
  public void clear() {
    rows = new byte[64][];
    bytes = 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    known.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    known.restore(from);
    settle();
  }

  @Override
  public void close() {
    share.close();
    known.close();
  }
}
