package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.core.logical.Operation;

/** Options of {@code limit}. */
@Component(name = "limit", summary = "Passes the first rows only.", example = "limit: 100")
public record Limit(@Option(value = "How many rows.", main = true, least = 0) long rows)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    return Planned.of(new Operation.Limit(rows), context.rows().ending());
  }
}
