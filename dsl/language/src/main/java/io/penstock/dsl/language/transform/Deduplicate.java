package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate.Keep;
import io.penstock.dsl.language.emission.EmitConfig;
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
        Keep keep,
    @Option(
            "When the earliest or latest passes: once (`final`), or with each change; changes want a step or a sink below that takes them.")
        Optional<Placed<EmitConfig>> emit)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    boolean right = isBounded(context) && isTimed(context) && isOneWay(context);
    Optional<List<NamedExpression>> keys = Groups.read(by, context);
    Rows out = rows(context);
    return right && keys.isPresent()
        ? Planned.of(
            new io.penstock.core.logical.Deduplicate(
                keys.get(),
                within.map(Placed::value),
                keep,
                Emission.of(emit),
                context.rows().beside().changes()),
            out)
        : Planned.wrong(out);
  }

  @Override
  public boolean keepsByTime() {
    return within.isPresent() || keep != Keep.FIRST && Emission.of(emit).isFinal();
  }

  @Override
  public boolean takesChanges() {
    return keep != Keep.FIRST;
  }

  private Rows rows(StepContext context) {
    boolean changes = !Emission.of(emit).isFinal();
    if (changes || context.rows().beside().changes()) {
      // Which row comes when is no matter of its own time any more.
      return Windows.beside(context.made(), false).changing(changes);
    }
    return keep == Keep.FIRST ? context.rows() : context.made();
  }

  /** Changes are of the one row of a key, and not of one for each time. */
  private boolean isOneWay(StepContext context) {
    if (!context.rows().known()) {
      return true;
    }
    boolean changes = !Emission.of(emit).isFinal();
    if (changes && keep == Keep.FIRST) {
      context.problem(
          ProblemCode.E110,
          emit.map(Placed::origin).orElse(context.origin()),
          "`keep: first` passes a row at once, and no other takes its place",
          "write `keep: earliest` or `keep: latest`, or leave `emit` out");
      return false;
    }
    if (within.isPresent() && (changes || takesChanges() && context.rows().beside().changes())) {
      context.problem(
          ProblemCode.E110,
          within.get().origin(),
          "with changes there is one row of each key, and `within` would be one for each time",
          "leave `within` out, or leave `emit` out");
      return false;
    }
    return true;
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
    boolean changes = keep != Keep.FIRST && !Emission.of(emit).isFinal();
    Optional<String> source = changes ? Optional.empty() : context.rows().endless();
    source.ifPresent(
        name ->
            context.problem(
                ProblemCode.E212,
                context.origin(),
                "`deduplicate` would remember every key, because `" + name + "` has no end",
                keep == Keep.FIRST
                    ? "say how far apart rows are that are the same: `within: 1h`"
                    : "say how far apart rows are that are the same: `within: 1h`, or write `emit: changes`"));
    return source.isEmpty();
  }

  private boolean isTimed(StepContext context) {
    boolean timed = within.isEmpty() && keep == Keep.FIRST || context.rows().beside().time();
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
