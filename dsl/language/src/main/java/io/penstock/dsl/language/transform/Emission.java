package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.logical.Emit;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.emission.EmitConfig;
import java.util.Optional;

/** When steps give results, and what they do with rows that are changes to a table. */
final class Emission {
  private static final String STAY =
      "takes rows that stay, and these are changes that take rows away";

  private Emission() {}

  /** When results come; left out: once. */
  static Emit of(Optional<Placed<EmitConfig>> written) {
    return written.map(emit -> emit.value().emit()).orElse(new Emit.Final());
  }

  /** Reports a step whose rows are changes, which it does not take. */
  static boolean refusesChanges(TransformConfig config, StepContext context) {
    boolean changes = context.rows().beside().changes() || context.others().beside().changes();
    if (changes) {
      String name = config.getClass().getAnnotation(Component.class).name();
      context.problem(
          ProblemCode.E215,
          context.origin(),
          "`" + name + "` " + STAY,
          "put it above the step that makes changes, or let that step `emit: final`");
    }
    return changes;
  }

  /** A step that gives its results so; empty where something is wrong, which is reported. */
  static Optional<Windowing> with(
      Windowing windowing, Optional<Placed<EmitConfig>> written, StepContext context) {
    Emit emit = of(written);
    boolean changing = context.rows().beside().changes();
    Origin at = written.map(Placed::origin).orElse(context.origin());
    boolean content = windowing.content().isPresent();
    if ((content || windowing.window().orElse(null) instanceof Window.Session)
        && (changing || !emit.isFinal())) {
      context.problem(
          ProblemCode.E215,
          at,
          (content ? "windows by content" : "sessions")
              + " give each result once, of rows that stay",
          "write `tumbling`, `hopping` or `cumulative`, or leave `emit` out and put the step above those that make changes");
      return Optional.empty();
    }
    if (emit instanceof Emit.Every && !context.rows().beside().time()) {
      context.problem(
          ProblemCode.E214,
          at,
          "`emit: { every: ... }` goes by the time of rows, and these have none",
          "add `event_time: <field>` beside the source, or write `emit: changes`");
      return Optional.empty();
    }
    return Optional.of(new Windowing(windowing.window(), windowing.lateness(), emit, changing));
  }

  /** Whether an aggregate can take rows back, where they are changes; else it is reported. */
  static boolean takesBack(AggregateCall call, Origin at, StepContext context) {
    if (!context.rows().beside().changes() || call.factory().create().retractable().isPresent()) {
      return true;
    }
    boolean doubles = call.function().equals("sum") || call.function().equals("avg");
    context.problem(
        ProblemCode.E215,
        at,
        "`"
            + call.function()
            + (doubles ? "` of doubles" : "`")
            + " cannot take a row back, and the rows that come in are changes",
        doubles
            ? "convert the value to a decimal or an int, of which sums are exact"
            : "use `count`, `sum`, `avg`, `min`, `max` or `count_distinct`, or put the step above those that make changes");
    return false;
  }
}
