package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.core.logical.Operation;

/** Options of {@code filter}. */
@Component(
    name = "filter",
    summary = "Keeps the rows for which a condition is true.",
    example = "filter: amount >= 10")
public record Filter(
    @Option(value = "What is true of the rows that stay; null is not true.", main = true)
        ExpressionText where)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    return Planned.of(context.condition(where).map(Operation.Filter::new), context.rows());
  }
}
