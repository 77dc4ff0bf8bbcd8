package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows into the order of their times as the watermark passes, and does something with each.
 * The rows that come out carry as their stamp what was handed on before.
 */
final class SequenceOperator implements Operator {
  private final StepContext context;
  private final OnTime onTime;
  private final TimeOrder order;
  private final Sequence sequence;
  private long watermark = TimeTracker.NOTHING;
  private long stamp = TimeTracker.NOTHING;
  private boolean told = true;
  private final MemoryBudget.Share share;
  private long held;
  private @Nullable Batch waiting;

  SequenceOperator(Sequence sequence, StepContext context) {
    this.context = context;
    this.share = context.memory().share(context.node());
    this.sequence = sequence;
    this.onTime = new OnTime(context);
    this.order = new TimeOrder(context.inputs().get(0), context);
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    stamp = handedOn(watermark);
    watermark = reached;
    order.reach(reached);
    told = false;
  }

  @Override
  public long handedOn(long reached) {
    return sequence.handedOn(reached);
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      order.add(sequence.admitted(onTime.of(0, rows, out), out));
      return true;
    }
    Optional<Batch> due = sequence.due(out);
    if (due.isPresent()) {
      emit(due.get(), out);
      boolean unused = makeRoom();
      return true;
    }
    // What was on the disk may be in memory again.
    settle();
    Optional<Batch> next = order.next();
    if (next.isPresent()) {
      emit(sequence.rows(next.get(), out), out);
      return true;
    }
    if (!told) {
      told = true;
      sequence.reached(watermark);
      return true;
    }
    order.tidy();
    settle();
    return false;
  }

  /** Counts what is held; where it does not fit, rows that wait for their time go to the disk. */
  private void settle() {
    if (!makeRoom()) {
      context.memory().requireTables(context.node(), "its rows", held);
    }
  }

  private boolean makeRoom() {
    boolean fits = hold();
    if (!fits && context.memory().isWorthGivingUp(order.bytes())) {
      order.giveUp();
      fits = hold();
    }
    if (!fits && context.memory().isWorthGivingUp(sequence.bytes())) {
      sequence.giveUp();
      fits = hold();
    }
    return fits;
  }

  private boolean hold() {
    long now = order.bytes() + sequence.bytes();
    long more = now - held;
    held = now;
    return share.hold(more);
  }

  private void emit(Batch rows, Out out) {
    if (rows.size() > 0) {
      context.counters().out(0, rows.size());
      out.rows(0, rows.with(rows.marks().withStamps(Columns.repeated(stamp, rows.size()))));
    }
  }

  private List<Stored> stores() {
    List<Stored> stores = new ArrayList<>(List.of(order));
    stores.addAll(sequence.stores());
    return stores;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    StoreShelf.snapshot(stores(), to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    List<Stored> stores = stores();
    stores.set(0, new Settling());
    StoreShelf.restore(stores, from);
    sequence.restored();
    settle();
    watermark = order.watermark();
    stamp = handedOn(watermark);
    sequence.reached(watermark);
  }

  /** The rows that wait for their time, as they come back. */
  private final class Settling implements Stored {
    @Override
    public void snapshot(SnapshotWriter to) throws IOException {
      order.snapshot(to);
    }

    @Override
    public void restore(SnapshotReader from) throws IOException {
      order.restore(from, SequenceOperator.this::settle);
    }
  }

  @Override
  public long held() {
    return held;
  }

  @Override
  public void close() {
    share.close();
    order.close();
    sequence.close();
  }
}
