package io.penstock.dsl.language.emission;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Emit;
import java.time.Duration;
import java.util.Locale;

/** Results so far. */
@Component(
    name = "every",
    summary =
        "Results so far at each multiple of a time, by event time, as a stream of changes; then the last ones.",
    example = "emit: { every: 10s }")
public record Every(
    @Option(value = "The event time from one result to the next.", main = true) Duration period)
    implements EmitConfig {
  @Override
  public void check(Checks checks) {
    if (period.isZero() || period.isNegative()) {
      checks.problem(
          ProblemCode.E105,
          "period",
          "`every` must be longer than nothing, not `"
              + period.toString().substring(2).toLowerCase(Locale.ROOT)
              + "`",
          "write a time such as `10s`, or `emit: changes`");
    }
  }

  @Override
  public Emit emit() {
    return new Emit.Every(period);
  }
}
