package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import java.util.List;

/** Options of {@code chain}. */
@Component(
    name = "chain",
    summary = "Does the steps of a chain that stands under `chains`.",
    example = "steps: [{ chain: httpd }]")
public record CallChain(@Option(value = "The name of the chain.", main = true) Placed<String> name)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    return new Walk(context, List.of()).alone(this);
  }
}
