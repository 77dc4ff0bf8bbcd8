package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.runner.RunRequest;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code random()} and its like begin from. */
final class RunSeed {
  private RunSeed() {}

  /** The first seed that a source has of its own stands for the run's. */
  static long of(LogicalPlan plan, RunRequest request, Optional<Kept> kept) {
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read read) {
        OptionalLong own = read.source().seed();
        if (own.isPresent()) {
          return own.getAsLong();
        }
      }
    }
    // All runs that go on from one state draw the same, so that a row that is read again is too.
    return kept.map(state -> Long.parseUnsignedLong(state.run().substring(0, 16), 16))
        .orElse(request.seed());
  }
}
