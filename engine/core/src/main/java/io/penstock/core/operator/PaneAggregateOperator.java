package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by key and hopping window. A row is added to its pane alone; the results of a window
 * are those of its panes together, and come when it is over.
 */
final class PaneAggregateOperator implements WindowTaker {
  private final StepContext context;
  private final FailurePolicy failures;
  private final GroupRows made;
  private final Windower windower;
  private final PanePlacing placing;
  private final OpenPanes panes;
  private final ArrayDeque<Batch> judged = new ArrayDeque<>();
  private @Nullable Batch waiting;
  private long watermark = TimeTracker.NOTHING;
  private long handedOn = TimeTracker.NOTHING;
  private Optional<Results> results = Optional.empty();

  /** The results of a window that is over. */
  private record Results(OpenWindows.Over<?> window, GroupResults groups) {}

  PaneAggregateOperator(Operation.Aggregate aggregate, Panes panes, StepContext context) {
    Windowing windowing = aggregate.windowing();
    this.context = context;
    this.failures = context.failures();
    this.made = new GroupRows(aggregate, context);
    this.windower = new Windower(windowing.window().orElseThrow(), windowing.lateness(), context);
    this.placing = new PanePlacing(panes, windowing);
    this.panes = new OpenPanes(panes, new GroupState.Input(aggregate, context), context);
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
      Optional<StoreShelf.Key> place = placing.known(entry.getKey(), known);
      others |= !place.equals(Optional.of(entry.getKey()));
      if (place.isPresent()) {
        panes.at(place.get()).merge(entry.getValue());
      }
    }
    panes.makeRoom();
    if (others) {
      block.rows().forEach(rows -> judged.add(TimeTracker.raised(rows, known)));
    }
  }

  @Override
  public void watermark(long reached) {
    handedOn = handedOn(watermark);
    watermark = reached;
  }

  @Override
  public long handedOn(long reached) {
    return windower.handedOn(reached);
  }

  @Override
  public boolean drain(Out out) {
    if (!judged.isEmpty()) {
      // Those that are in a window are in its panes already.
      Batch unused = windower.windowed(0, judged.remove(), out);
      return true;
    }
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      take(rows, out);
    } else if (results.isPresent()) {
      handOn(results.get(), out);
    }
    return results.isPresent() || begin();
  }

  private void take(Batch rows, Out out) {
    Optional<StoreShelf.Key> only = placing.only(rows);
    if (only.isPresent()) {
      panes.at(only.get()).add(rows, failures, out);
    } else {
      Placing.Judged places = placing.judged(rows);
      if (places.hasOthers() || places.hasFailed()) {
        Batch unused = windower.windowed(0, rows, out);
      }
      WindowParts.each(places.onTime(), (place, part) -> panes.at(place).add(part, failures, out));
    }
    panes.makeRoom();
  }

  /** Goes to the results of the next window that is over; false where there is none. */
  private boolean begin() {
    Optional<StoreShelf.Key> next = panes.next();
    if (next.isEmpty() || windower.over(next.get().end()) > watermark) {
      return false;
    }
    GroupResults groups = panes.results(next.get());
    results = Optional.of(new Results(new OpenWindows.Over<>(next.get(), this, handedOn), groups));
    return true;
  }

  private void handOn(Results from, Out out) {
    try {
      Optional<GroupResults.Part> part = from.groups().next();
      if (part.isEmpty()) {
        from.groups().close();
        results = Optional.empty();
        panes.done(from.window().window());
        return;
      }
      made.emit(part.get(), from.window().marks(part.get().size()), out);
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    panes.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    panes.restore(from);
  }

  @Override
  public long held() {
    return panes.held();
  }

  @Override
  public void close() {
    panes.close();
  }
}
