package io.penstock.dsl.language.transform;

import io.penstock.api.option.Chosen;
import io.penstock.api.option.Component;
import io.penstock.api.option.Config;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import java.util.List;
import java.util.Optional;

/** Options of {@code choose}. */
@Component(
    name = "choose",
    summary =
        "Does the steps of the first branch whose condition is true; the branches merge again.",
    example =
        """
        choose:
          - when: price > 1000
            steps: [{ set: { size: "'large'" } }]
          - steps: [{ set: { size: "'small'" } }]
        """)
public record Choose(
    @Option(value = "The branches; the last may lack `when`.", main = true, required = true)
        List<Branch> branches)
    implements RowTransform {
  /** A branch. */
  public record Branch(
      @Option("What is true of the rows of this branch; left out: every row that is left.")
          Optional<ExpressionText> when,
      @Option(value = "What is done with them.", required = true)
          List<Chosen<TransformConfig>> steps)
      implements Config {}

  @Override
  public Planned plan(StepContext context) {
    return new Walk(context, List.of()).choose(branches);
  }
}
