package io.penstock.core.run;

import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.RunRequest;
import java.util.Optional;

/**
 * What a supervisor is given.
 *
 * @param plan as it is done
 * @param kept the state that it goes on from, where it keeps any
 */
record Given(
    LogicalPlan plan,
    RunRequest request,
    Machine machine,
    EmbeddedRun run,
    Meters meters,
    Reports reports,
    Optional<Kept> kept) {
  /** Whether everything that is there is read, and is one epoch. */
  boolean reachesAnEnd() {
    return Trigger.of(plan, request) instanceof Trigger.ToTheEnd;
  }
}
