package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Template;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code log}. */
@Component(
    name = "log",
    summary = "Writes a line for each row into the log of the run; the rows pass.",
    example = "log: { message: \"order {order_id}\", at_most: 10/s }")
public record Log(
    @Option(value = "The line.", main = true) Template message,
    @Option(value = "The level of the line.", byDefault = "info") Operation.Log.Level level,
    @Option("How many lines there are at most in a time; further ones are counted only.")
        Optional<Rate> atMost)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    List<Expression> values = new ArrayList<>();
    for (ExpressionText text : message.expressions()) {
      context.text(text, false).ifPresent(values::add);
    }
    return values.size() < message.expressions().size()
        ? Planned.wrong(context.rows())
        : Planned.of(new Operation.Log(message, values, level, atMost), context.rows());
  }
}
