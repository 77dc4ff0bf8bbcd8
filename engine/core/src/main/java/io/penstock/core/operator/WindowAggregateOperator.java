package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups rows by key and window. The results of a window come when the window is over. */
final class WindowAggregateOperator implements WindowTaker {
  private final StepContext context;
  private final FailurePolicy failures;
  private final GroupRows made;
  private final OpenWindows<OpenGroups> windows;
  private final ArrayDeque<Batch> judged = new ArrayDeque<>();
  private @Nullable Batch waiting;
  private Optional<GroupResults> results = Optional.empty();

  WindowAggregateOperator(Operation.Aggregate aggregate, StepContext context) {
    GroupState.Input input = new GroupState.Input(aggregate, context);
    this.context = context;
    this.failures = context.failures();
    this.made = new GroupRows(aggregate, context);
    this.windows =
        new OpenWindows<>(aggregate.windowing(), () -> new OpenGroups(input, context), context);
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void groups(WindowGroups block, long known) {
    context.counters().in(block.size());
    boolean others = block.hasOthers();
    for (Map.Entry<StoreShelf.Key, GroupState> entry : block.groups().entrySet()) {
      if (windows.windower().over(entry.getKey().end()) <= known) {
        others = true;
        continue;
      }
      windows.at(entry.getKey()).merge(entry.getValue());
    }
    windows.makeRoom();
    if (others) {
      block.rows().forEach(rows -> judged.add(TimeTracker.raised(rows, known)));
    }
  }

  @Override
  public void watermark(long reached) {
    windows.watermark(reached);
  }

  @Override
  public long handedOn(long reached) {
    return windows.handedOn(reached);
  }

  @Override
  public boolean drain(Out out) {
    if (!judged.isEmpty()) {
      // Those that are in a window are in its groups already.
      Batch unused = windows.windower().windowed(0, judged.remove(), out);
      return true;
    }
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      Optional<StoreShelf.Key> only = windows.windower().only(rows);
      if (only.isPresent()) {
        windows.at(only.get()).add(rows, failures, out);
      } else {
        WindowParts.each(
            windows.windower().windowed(0, rows, out),
            (key, part) -> windows.at(key).add(part, failures, out));
      }
      windows.makeRoom();
    } else if (windows.over().isPresent()) {
      handOn(windows.over().get(), out);
    }
    return windows.over().isPresent();
  }

  private void handOn(OpenWindows.Over<OpenGroups> window, Out out) {
    try {
      if (results.isEmpty()) {
        results = Optional.of(window.held().results());
      }
      Optional<GroupResults.Part> part = results.get().next();
      if (part.isEmpty()) {
        results.get().close();
        results = Optional.empty();
        windows.done();
        return;
      }
      made.emit(part.get(), window.marks(part.get().size()), out);
    } catch (IOException e) {
      throw window.held().store().noRoom(e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    windows.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    windows.restore(from);
  }

  @Override
  public void close() {
    windows.close();
  }
}
