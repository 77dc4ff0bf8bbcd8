package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Constant;
import io.penstock.api.option.Entry;
import io.penstock.api.option.Option;

/** Options of {@code put}. */
@Component(
    name = "put",
    summary = "Adds constants; texts want no inner quotes and may be templates.",
    example = "put: { source: web, shard: 3, index: \"logs-{service}\" }")
public record Put(
    @Option(value = "Fields with their values, scalars as in JSON.", main = true, required = true)
        Assignments<Constant> fields)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    NewRow row = NewRow.changed(context);
    for (Entry<Constant> entry : fields.entries()) {
      row.assign(
          entry.name(), entry.origin(), Constants.expression(entry.value(), entry.valueOrigin()));
    }
    return row.done();
  }
}
