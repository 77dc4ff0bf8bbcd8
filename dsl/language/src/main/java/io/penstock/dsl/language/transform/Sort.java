package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.core.logical.Operation;
import java.util.List;

/** Options of {@code sort}. */
@Component(
    name = "sort",
    summary = "Brings the rows of a bounded input into an order.",
    example = "sort: { by: [country, amount desc] }")
public record Sort(
    @Option(
            value =
                "The order: expressions, each with `asc` or `desc`, `nulls first` or `nulls last`.",
            required = true)
        List<ExpressionText> by)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    context.wantsEnd("sort");
    return Planned.of(Orders.read(by, context).map(Operation.Sort::new), context.made());
  }
}
