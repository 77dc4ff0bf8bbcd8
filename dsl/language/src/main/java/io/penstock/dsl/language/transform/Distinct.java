package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;

/** Options of {@code distinct}. */
@Component(
    name = "distinct",
    summary = "Passes the first of rows that are equal.",
    example = "distinct: { by: [customer] }")
public record Distinct(
    @Option("The fields in which rows are compared; left out: all.") List<Placed<FieldPath>> by)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    List<Expression> fields = new ArrayList<>();
    for (Placed<FieldPath> field : by) {
      context.check(Woven.own(Woven.path(field.value()), field.origin())).ifPresent(fields::add);
    }
    return fields.size() < by.size()
        ? Planned.wrong(context.rows())
        : Planned.of(new Operation.Distinct(fields), context.rows());
  }
}
