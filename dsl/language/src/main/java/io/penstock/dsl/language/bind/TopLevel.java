package io.penstock.dsl.language.bind;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds the keys of a pipeline file that are no sections of names. */
final class TopLevel {
  private final Binder binder;
  private final Problems problems;

  TopLevel(Binder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
  }

  /** A text. */
  Optional<String> text(Mapping.@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    Spot spot = Spot.of("", entry.name(), entry.key().origin());
    return binder
        .value(new OptionType.Simple(OptionType.Kind.TEXT), entry.value(), spot)
        .map(String.class::cast);
  }

  /** The run block; as if left out where something in it is wrong. */
  RunOptions run(Mapping.@Nullable Entry entry) {
    if (entry == null) {
      return RunOptions.none();
    }
    Spot spot = Spot.of("", "run", entry.key().origin());
    Optional<RunOptions> run =
        binder.records().read(RunOptions.class, entry.value(), spot).map(RunOptions.class::cast);
    run.flatMap(RunOptions::schedule).ifPresent(this::schedule);
    return run.orElse(RunOptions.none());
  }

  private void schedule(SyntaxNode node) {
    if (node instanceof Scalar scalar && scalar.text().equals("available_now")) {
      return;
    }
    boolean known =
        node instanceof Mapping mapping
            && mapping.entries().stream()
                .anyMatch(e -> e.name().equals("every") || e.name().equals("cron"));
    problems.add(
        known ? ProblemCode.E115 : ProblemCode.E104,
        node.origin(),
        known
            ? "a schedule with `every` or `cron` is not in this version"
            : "`schedule` must be `available_now`, not "
                + (node instanceof Scalar scalar ? Scalars.shown(scalar.text()) : node.kind()),
        "write `schedule: available_now`, or leave it out");
  }
}
