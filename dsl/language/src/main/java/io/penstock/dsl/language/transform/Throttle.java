package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Selections;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Throttle.Excess;
import java.util.List;
import java.util.Optional;

/** Options of {@code throttle}. */
@Component(
    name = "throttle",
    summary = "Passes at most so many rows in a time; others wait, or are left out.",
    example = "throttle: { rate: 100/s, by: [customer], excess: drop }")
public record Throttle(
    @Option(
            value =
                "How many rows in which time: so many at once, and when they are through, the next"
                    + " ones at even distances.",
            main = true)
        Rate rate,
    @Option("A rate for each of these; left out: one for all rows.") Selections<ExpressionText> by,
    @Option(
            value =
                "What becomes of the others: `wait`, they come later, and less is read meanwhile;"
                    + " `drop`, they are left out and counted.",
            byDefault = "wait")
        Excess excess)
    implements TransformConfig {
  @Override
  public Planned plan(StepContext context) {
    Optional<List<NamedExpression>> keys = Groups.read(by, context);
    return keys.isPresent()
        ? Planned.of(
            new io.penstock.core.logical.Throttle(rate, keys.get(), excess), context.rows())
        : Planned.wrong(context.rows());
  }
}
