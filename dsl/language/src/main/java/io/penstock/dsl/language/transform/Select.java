package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Selections;

/** Options of {@code select}. */
@Component(
    name = "select",
    summary = "Makes the row of exactly these fields.",
    example = "select: [id, amount, { kind: upper(kind) }]")
public record Select(
    @Option(
            value = "Fields in order: names, or new names with the expressions that give them.",
            main = true,
            required = true)
        Selections<ExpressionText> fields)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    NewRow row = NewRow.empty(context);
    fields.entries().forEach(e -> row.assign(e.name(), e.origin(), e.value()));
    return row.done();
  }
}
