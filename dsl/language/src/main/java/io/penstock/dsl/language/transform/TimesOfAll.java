package io.penstock.dsl.language.transform;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Operation;
import java.util.List;
import java.util.Optional;

/**
 * Refuses an {@code event_time} that only some rows would reach: the others would be without a
 * time, and nobody could say how far time has come.
 */
final class TimesOfAll {
  private TimesOfAll() {}

  /**
   * Reports it where one is found.
   *
   * @param where it stands, for the message
   * @param does what only some rows go through; empty where something is wrong with it already
   * @param at where to point to when the operation is the {@code event_time} itself
   */
  static void check(String where, Optional<Operation> does, Origin at, StepContext context) {
    does.flatMap(operation -> find(operation, at))
        .ifPresent(
            origin ->
                context.problem(
                    ProblemCode.E110,
                    origin,
                    "`event_time` cannot stand "
                        + where
                        + ": rows that do not come there would have no time",
                    "put it where every row comes, and the condition into its value:"
                        + " `event_time: if(condition, a, b)`"));
  }

  private static Optional<Origin> find(Operation operation, Origin at) {
    if (operation instanceof Operation.SetEventTime) {
      return Optional.of(at);
    }
    if (operation instanceof Operation.Chain chain) {
      return find(chain.links());
    }
    // A `choose` inside has been looked at on its own.
    return Optional.empty();
  }

  private static Optional<Origin> find(List<Operation.Link> links) {
    return links.stream()
        .flatMap(link -> find(link.operation(), link.origin()).stream())
        .findFirst();
  }
}
