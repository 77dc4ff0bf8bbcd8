package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import java.util.List;

/** Options of {@code remove}. */
@Component(
    name = "remove",
    summary = "Takes fields out of the row.",
    example = "remove: [card, address.street]")
public record Remove(
    @Option(value = "The fields.", main = true, required = true) List<Placed<FieldPath>> fields)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    NewRow row = NewRow.changed(context);
    fields.forEach(field -> row.remove(field.value(), field.origin()));
    return row.done();
  }
}
