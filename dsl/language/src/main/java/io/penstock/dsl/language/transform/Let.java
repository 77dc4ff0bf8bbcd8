package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;

/** Options of {@code let}. */
@Component(
    name = "let",
    summary =
        "Makes working fields that later entries of the same `steps` see; they are no part of the row.",
    example = "steps: [{ let: { rate: 0.2 } }, { set: { net: price * (1 - rate) } }]")
public record Let(
    @Option(
            value = "Working fields with the expressions that give them.",
            main = true,
            required = true)
        Assignments<ExpressionText> fields)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    context.problem(
        ProblemCode.E211,
        context.origin(),
        "`let` stands among `steps` only",
        "write `steps: [{ let: ... }, ...]`, or `set` for a field of the row");
    return Planned.wrong(context.rows());
  }
}
