package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.RowMarks;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups all rows; the results come at the end, in the order in which the groups were met. */
public final class AggregateOperator implements Operator {
  private final StepCounters counters;
  private final FailurePolicy failures;
  private final OpenGroups groups;
  private final GroupRows made;
  private @Nullable Batch waiting;
  private Optional<GroupResults> results = Optional.empty();

  AggregateOperator(Operation.Aggregate aggregate, StepContext context) {
    this.counters = context.counters();
    this.failures = context.failures();
    this.groups = new OpenGroups(new GroupState.Input(aggregate, context), context);
    this.made = new GroupRows(aggregate, context);
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  /** Takes over groups whose rows come after those taken so far; the rows are counted already. */
  public void groups(GroupState others) {
    groups.merge(others);
  }

  @Override
  public void ended() {
    results = Optional.of(groups.results());
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      groups.add(rows, failures, out);
      return false;
    }
    if (results.isEmpty()) {
      return false;
    }
    try {
      Optional<GroupResults.Part> part = results.get().next();
      if (part.isEmpty()) {
        results.get().close();
        results = Optional.empty();
        return false;
      }
      made.emit(part.get(), RowMarks.NONE, out);
      return true;
    } catch (IOException e) {
      throw groups.store().noRoom(e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    groups.store().snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    groups.store().restore(from);
  }

  @Override
  public void close() {
    groups.close();
  }
}
