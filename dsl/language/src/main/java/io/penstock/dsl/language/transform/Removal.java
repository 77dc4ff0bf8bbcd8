package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/** Takes a field or a part of one out of a row. */
final class Removal {
  private final StepContext context;
  private final NewRow row;

  Removal(StepContext context, NewRow row) {
    this.context = context;
    this.row = row;
  }

  void remove(FieldPath path, Origin at) {
    String first = path.first();
    Optional<Field> field = context.schema().field(first);
    if (field.isEmpty() && !context.schema().open()) {
      context.unknownField(first, at);
      row.fail();
      return;
    }
    if (path.names().size() == 1) {
      row.drop(first);
      return;
    }
    List<String> below = path.names().subList(1, path.names().size());
    ValueType type = field.map(Field::type).orElse(ValueType.optional(DataType.JSON));
    without(Woven.field(first), type, below, at)
        .ifPresentOrElse(value -> row.assign(FieldPath.of(first), at, value), row::fail);
  }

  private Optional<ExpressionText> without(
      String base, ValueType type, List<String> below, Origin at) {
    String name = below.get(0);
    if (type.type().equals(DataType.JSON)) {
      return Optional.of(Woven.own(json(base, below), at));
    }
    Optional<Schema> record =
        type.type() instanceof DataType.RecordOf r ? Optional.of(r.schema()) : Optional.empty();
    Optional<Field> member = record.flatMap(schema -> schema.field(name));
    if (member.isEmpty()) {
      context.problem(
          ProblemCode.E406,
          at,
          "`" + base + "` has no field `" + name + "`",
          Nearest.hint(name, "fields there", record.map(Schema::names).orElse(List.of())));
      return Optional.empty();
    }
    Woven woven = new Woven(at).text("{");
    String between = "";
    for (Field field : record.orElseThrow().fields()) {
      String inside = base + Woven.member(field.name());
      if (!field.name().equals(name)) {
        woven.text(between + Woven.quoted(field.name()) + ": " + inside);
      } else if (below.size() > 1) {
        Optional<ExpressionText> deeper =
            without(inside, field.type(), below.subList(1, below.size()), at);
        if (deeper.isEmpty()) {
          return deeper;
        }
        woven.text(between + Woven.quoted(name) + ": ").expression(deeper.get());
      } else {
        continue;
      }
      between = ", ";
    }
    return Optional.of(woven.text("}").done());
  }

  private static String json(String base, List<String> below) {
    String name = below.get(0);
    if (below.size() == 1) {
      return "omit(" + base + ", " + Woven.quoted(name) + ")";
    }
    String deeper = json(base + Woven.member(name), below.subList(1, below.size()));
    String path = Woven.quoted(Woven.jsonPath(List.of(name)));
    return "set_path(" + base + ", " + path + ", " + deeper + ")";
  }
}
