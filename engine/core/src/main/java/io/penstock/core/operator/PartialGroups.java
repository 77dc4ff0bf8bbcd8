package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Aggregates the rows of one block after the other, in the task that decodes them. */
public final class PartialGroups {
  private final GroupState.Input input;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private @Nullable GroupState state;

  public PartialGroups(Operation.Aggregate aggregate, StepContext context) {
    this.input = new GroupState.Input(aggregate, context);
    this.counters = context.counters();
    this.failures = context.failures();
  }

  /** Takes rows of the block at hand. */
  public void rows(Batch rows, Operator.Out out) {
    counters.in(rows.size());
    GroupState groups = state == null ? input.state() : state;
    state = groups;
    RowErrors errors = new RowErrors();
    groups.add(rows, errors);
    failures.rows(rows, errors, out);
  }

  /** The groups of the block; the next one begins without any. */
  public Optional<GroupState> take() {
    Optional<GroupState> taken = Optional.ofNullable(state);
    state = null;
    return taken;
  }
}
