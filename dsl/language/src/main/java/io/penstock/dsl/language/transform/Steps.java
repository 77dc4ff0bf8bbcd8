package io.penstock.dsl.language.transform;

import io.penstock.api.option.Chosen;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import java.util.List;

/** Options of {@code steps}. */
@Component(
    name = "steps",
    summary = "Does several steps under one name; a row that fails leaves as it came in.",
    example =
        """
        steps:
          - let: { rate: 0.2 }
          - set: { net: price * (1 - rate) }
          - filter: net > 0
        """)
public record Steps(
    @Option(value = "Transforms that look at one row at a time.", main = true, required = true)
        List<Chosen<TransformConfig>> steps)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    return new Walk(context, List.of()).chain(steps);
  }
}
