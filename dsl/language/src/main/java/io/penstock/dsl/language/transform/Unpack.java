package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code unpack}. */
@Component(
    name = "unpack",
    summary = "Spreads the fields of a record into the row, in place of it.",
    example = "unpack: { field: address, prefix: address_ }")
public record Unpack(
    @Option(value = "The record.", main = true) Placed<FieldPath> field,
    @Option("The fields to take, or new names with old ones; left out: all.")
        Selections<FieldPath> take,
    @Option("What the names of the taken fields begin with.") java.util.Optional<String> prefix,
    @Option(
            value = "What happens to a field of the row that has the name of a taken one.",
            byDefault = "fail")
        Operation.Existing existing)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    FieldPath path = field.value();
    Optional<ValueType> type = context.typeAt(path, field.origin());
    if (type.isEmpty()) {
      return Planned.wrong(Rows.unknown());
    }
    Optional<List<Entry<FieldPath>>> taken = taken(type.get().type(), context);
    NewRow row = NewRow.changed(context);
    row.remove(path, field.origin());
    for (Entry<FieldPath> entry : taken.orElse(List.of())) {
      String name = prefix.orElse("") + entry.name();
      if (row.has(name) && existing == Operation.Existing.FAIL) {
        context.taken(name, entry.origin());
        row.fail();
      } else if (!row.has(name) || existing == Operation.Existing.REPLACE) {
        List<String> names = new ArrayList<>(path.names());
        names.addAll(entry.value().names());
        FieldPath from = new FieldPath(names);
        row.assign(
            FieldPath.of(name), entry.origin(), Woven.own(Woven.path(from), entry.valueOrigin()));
      }
    }
    Planned planned = row.done();
    return taken.isPresent() ? planned : Planned.wrong(Rows.unknown());
  }

  private Optional<List<Entry<FieldPath>>> taken(DataType type, StepContext context) {
    if (!take.entries().isEmpty()) {
      return Optional.of(take.entries());
    }
    if (type instanceof DataType.RecordOf record) {
      List<Entry<FieldPath>> all = new ArrayList<>();
      for (String name : record.schema().names()) {
        all.add(
            new Entry<>(FieldPath.of(name), field.origin(), FieldPath.of(name), field.origin()));
      }
      return Optional.of(all);
    }
    boolean json = type.equals(DataType.JSON);
    context.problem(
        json ? ProblemCode.E410 : ProblemCode.E402,
        field.origin(),
        json
            ? "the fields of `" + field.value() + "` are not known, because it is json"
            : "`unpack` spreads a record, and `" + field.value() + "` is " + type,
        json ? "name them: `take: [a, b]`" : "name a field that is a record");
    return Optional.empty();
  }
}
