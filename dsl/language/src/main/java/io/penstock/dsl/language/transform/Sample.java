package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Share;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.Operation;
import java.util.Optional;

/** Options of {@code sample}. */
@Component(
    name = "sample",
    summary = "Passes some of the rows: a share of them, or every so many.",
    example = "sample: 1%")
public record Sample(
    @Option(value = "The share that passes, the same rows in every run.", main = true)
        Optional<Share> share,
    @Option("Another number draws other rows for the share.") Optional<Placed<Long>> seed,
    @Option("Of so many rows one passes, as they come.") Optional<Placed<Long>> every)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    return Planned.of(every.isPresent() ? counted(context) : drawn(context), context.rows());
  }

  private Optional<Operation> counted(StepContext context) {
    Placed<Long> rows = every.orElseThrow();
    boolean right = true;
    if (share.isPresent() || seed.isPresent()) {
      context.problem(
          ProblemCode.E110,
          rows.origin(),
          "`every` counts rows, and `share` and `seed` draw them",
          "keep one of both ways");
      right = false;
    }
    if (rows.value() < 1) {
      context.problem(
          ProblemCode.E105,
          rows.origin(),
          "`every` must be 1 or more, not `" + rows.value() + "`",
          "write `every: 10` for one row of ten");
      right = false;
    }
    return right ? Optional.of(new EveryNth(rows.value())) : Optional.empty();
  }

  private Optional<Operation> drawn(StepContext context) {
    if (share.isEmpty()) {
      context.problem(
          ProblemCode.E103,
          context.origin(),
          "`sample` says neither which share of the rows passes nor how many are counted for one",
          "write `sample: 1%` or `sample: { every: 100 }`");
      return Optional.empty();
    }
    if (context.rows().made()) {
      context.problem(
          ProblemCode.E213,
          context.origin(),
          "`sample` draws by the place of a row in its source, and rows that a step made of several have none",
          "write `sample: { every: 100 }`, or put it above that step");
      return Optional.empty();
    }
    return Optional.of(new Operation.Sample(share.get(), seed.map(Placed::value).orElse(0L)));
  }
}
