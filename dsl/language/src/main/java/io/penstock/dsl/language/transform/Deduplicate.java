package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate.Keep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options of {@code deduplicate}. */
@Component(
    name = "deduplicate",
    summary = "Passes one of several rows that have the same key within a time.",
    example = "deduplicate: { by: [id], within: 1h }")
public record Deduplicate(
    @Option(value = "What rows that are the same have in common.", required = true)
        Selections<ExpressionText> by,
    @Option("How far the times of such rows are apart at most; left out: any distance.")
        Optional<Placed<Duration>> within,
    @Option(
            value =
                "Which of them passes: the first to arrive, at once; the earliest or latest by time, when it is sure.",
            byDefault = "first")
        Keep keep)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    boolean right = isBounded(context) && isTimed(context);
    Optional<List<NamedExpression>> keys = Groups.read(by, context);
    Rows out = keep == Keep.FIRST ? context.rows() : context.made();
    return right && keys.isPresent()
        ? Planned.of(
            new io.penstock.core.logical.Deduplicate(keys.get(), within.map(Placed::value), keep),
            out)
        : Planned.wrong(out);
  }

  @Override
  public boolean keepsByTime() {
    return within.isPresent() || keep != Keep.FIRST;
  }

  private boolean isBounded(StepContext context) {
    if (within.isPresent()) {
      boolean positive = !within.get().value().isNegative() && !within.get().value().isZero();
      if (!positive) {
        context.problem(
            ProblemCode.E105,
            within.get().origin(),
            "`within` must be longer than nothing",
            "write a length such as `10m`");
      }
      return positive;
    }
    Optional<String> source = context.rows().endless();
    source.ifPresent(
        name ->
            context.problem(
                ProblemCode.E212,
                context.origin(),
                "`deduplicate` would remember every key, because `" + name + "` has no end",
                "say how far apart rows are that are the same: `within: 1h`"));
    return source.isEmpty();
  }

  private boolean isTimed(StepContext context) {
    boolean timed = !keepsByTime() || context.rows().beside().time();
    if (!timed && context.rows().known()) {
      context.problem(
          ProblemCode.E214,
          within.map(Placed::origin).orElse(context.origin()),
          "`deduplicate` goes by the time of rows here, and these have none",
          "add `event_time: <field>` beside the source, or a step `event_time` above");
    }
    return timed && context.rows().known();
  }
}
