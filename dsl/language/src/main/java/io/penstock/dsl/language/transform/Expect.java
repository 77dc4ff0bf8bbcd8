package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Share;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code expect}. */
@Component(
    name = "expect",
    summary = "Fails rows for which a rule is not true, and counts per rule.",
    example = "expect: { rules: { amount is possible: amount >= 0 }, at_most: 0.1% }")
public record Expect(
    @Option(value = "Rules by name.", required = true) Assignments<ExpressionText> rules,
    @Option("The share of failing rows above which the run fails.") Optional<Share> atMost)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    List<NamedExpression> checked = new ArrayList<>();
    for (Entry<ExpressionText> rule : rules.entries()) {
      String name = String.join(".", rule.name().names());
      context
          .condition(rule.value())
          .ifPresent(condition -> checked.add(new NamedExpression(name, condition)));
    }
    return checked.size() < rules.entries().size()
        ? Planned.wrong(context.rows())
        : Planned.of(new Operation.Expect(checked, atMost), context.rows());
  }
}
