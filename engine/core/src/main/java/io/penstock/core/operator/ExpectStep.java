package io.penstock.core.operator;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.List;

/** Fails rows for which a rule is not true. */
final class ExpectStep implements RowStep {
  private final List<NamedExpression> rules;
  private final List<Evaluator> conditions;
  private final AllRows all = new AllRows();

  ExpectStep(List<NamedExpression> rules, List<Evaluator> conditions) {
    this.rules = rules;
    this.conditions = conditions;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    for (int i = 0; i < conditions.size(); i++) {
      Selection met = conditions.get(i).select(in.rows(), all.of(in.size()), errors);
      if (met.count() < in.size()) {
        broken(in, rules.get(i), met, errors);
      }
    }
    return in.without(errors, failed);
  }

  private static void broken(Traced in, NamedExpression rule, Selection met, RowErrors errors) {
    int next = 0;
    for (int row = 0; row < in.size(); row++) {
      if (next < met.count() && met.rows()[next] == row) {
        next++;
      } else if (errors.of(row).isEmpty()) {
        errors.add(
            row,
            new RowError(
                ProblemCode.D220,
                rule.expression().source().origin(),
                message(rule),
                ReadValues.of(rule.expression(), in.rows(), row)));
      }
    }
  }

  private static String message(NamedExpression rule) {
    // A name in quotes is a sentence that the language has made, its expression nothing to show.
    return rule.name().contains("`")
        ? "it is not so that " + rule.name()
        : "the rule `" + rule.name() + "` is not met: " + rule.expression();
  }
}
