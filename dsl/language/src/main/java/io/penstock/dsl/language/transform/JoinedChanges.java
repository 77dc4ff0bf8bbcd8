package io.penstock.dsl.language.transform;

import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Join.Type;

/** What a join of changes cannot do, because it keeps both tables whole and pairs by key alone. */
final class JoinedChanges {
  private JoinedChanges() {}

  /** Whether a join of which an input has changes can be done; what cannot is reported. */
  static boolean fit(Join join, StepContext context) {
    boolean fits = true;
    if (join.type() != Type.INNER && join.type() != Type.LEFT) {
      fits = refuse("is `inner` or `left`", "write `type: left`, or leave `type` out", context);
    }
    if (join.where().isPresent() || join.asOf()) {
      fits =
          refuse(
              "pairs rows by `on` alone",
              "leave `where` and `as_of` out, and put a `filter` below",
              context);
    }
    boolean bounded = join.within().isPresent() || join.hasWindows() || join.keepFor().isPresent();
    if (bounded) {
      Origin at =
          join.within()
              .map(Placed::origin)
              .or(() -> join.keepFor().map(Placed::origin))
              .or(() -> join.window().map(Placed::origin))
              .orElse(context.origin());
      context.problem(
          ProblemCode.E215,
          at,
          "a join of changes keeps all rows until they are taken away, and this would let them go by time",
          "leave it out, or let the step above `emit: final`");
      fits = false;
    }
    if (context.rows().known() && context.schema().open()) {
      fits =
          refuse(
              "wants named fields, and those of its rows are not known",
              "put a `select` of the fields above it",
              context);
    }
    return fits;
  }

  private static boolean refuse(String what, String hint, StepContext context) {
    context.problem(ProblemCode.E215, context.origin(), "a join of changes " + what, hint);
    return false;
  }
}
