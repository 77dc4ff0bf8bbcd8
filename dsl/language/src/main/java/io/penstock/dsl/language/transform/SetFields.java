package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;

/** Options of {@code set}. */
@Component(
    name = "set",
    summary = "Adds or replaces fields; all expressions see the row as it came in.",
    example =
        """
        set:
          net: price * 0.8
          event.kind: upper(kind)
        """)
public record SetFields(
    @Option(value = "Fields with the expressions that give them.", main = true, required = true)
        Assignments<ExpressionText> fields)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    NewRow row = NewRow.changed(context);
    fields.entries().forEach(e -> row.assign(e.name(), e.origin(), e.value()));
    return row.done();
  }
}
