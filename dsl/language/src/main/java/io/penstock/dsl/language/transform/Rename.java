package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;

/** Options of {@code rename}. */
@Component(
    name = "rename",
    summary = "Gives fields new names.",
    example = "rename: { airport: Airport Name }")
public record Rename(
    @Option(value = "New names with the old ones.", main = true, required = true)
        Assignments<FieldPath> fields)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    NewRow row = NewRow.changed(context);
    for (Entry<FieldPath> entry : fields.entries()) {
      rename(entry, row, context);
    }
    return row.done();
  }

  private static void rename(Entry<FieldPath> entry, NewRow row, StepContext context) {
    FieldPath old = entry.value();
    ExpressionText value = Woven.own(Woven.path(old), entry.valueOrigin());
    boolean plain = old.names().size() == 1 && entry.name().names().size() == 1;
    boolean field = context.schema().indexOf(old.first()) >= 0;
    if (!field && !context.schema().open()) {
      context.unknownField(old.first(), entry.valueOrigin());
      row.fail();
      return;
    }
    String name = entry.name().first();
    if (row.has(name) && !name.equals(old.first())) {
      context.problem(
          ProblemCode.E409,
          entry.origin(),
          "the row has a field `" + name + "` already",
          "rename or remove that one first, or use `set`");
      row.fail();
      return;
    }
    if (plain && field) {
      row.replace(old.first(), name, entry.origin(), value);
      return;
    }
    row.assign(entry.name(), entry.origin(), value);
    row.remove(old, entry.valueOrigin());
  }
}
