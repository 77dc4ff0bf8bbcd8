package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of {@code explode}. */
@Component(
    name = "explode",
    summary = "Makes one row of each element of a list.",
    example = "explode: { field: lines, as: line, index: number }")
public record Explode(
    @Option(value = "The list.", main = true) Placed<FieldPath> field,
    @Option("The field of the element; left out: the name of the list.")
        Optional<Placed<String>> as,
    @Option("A field that gets the number of the element, from 0.") Optional<Placed<String>> index,
    @Option(value = "Whether a row without elements stays, with null.", byDefault = "false")
        boolean keepEmpty)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    FieldPath path = field.value();
    String last = path.names().get(path.names().size() - 1);
    String element = as.map(Placed::value).orElse(last);
    Optional<Expression> list =
        context.check(Woven.own(Woven.path(path), field.origin())).filter(e -> isList(e, context));
    boolean whole = path.names().size() == 1;
    List<Field> fields = new ArrayList<>();
    for (Field kept : context.schema().fields()) {
      if (!whole || !kept.name().equals(path.first())) {
        fields.add(kept);
      }
    }
    Rows rows = context.rows().with(new Schema(fields, context.schema().open()));
    taken(rows.schema(), element, as.map(Placed::origin).orElse(field.origin()), context);
    rows =
        list.isPresent()
            ? rows.plus(element, elementType(list.get().type()))
            : rows.plusDoubtful(element);
    if (index.isPresent()) {
      taken(rows.schema(), index.get().value(), index.get().origin(), context);
      ValueType number = ValueType.required(DataType.INT);
      rows = rows.plus(index.get().value(), keepEmpty ? number.asOptional() : number);
    }
    return Planned.of(
        list.map(
            e ->
                new Operation.Explode(
                    e,
                    element,
                    index.map(Placed::value),
                    keepEmpty,
                    leaving(context, whole, element))),
        rows);
  }

  private static void taken(Schema schema, String name, Origin at, StepContext context) {
    if (schema.indexOf(name) >= 0) {
      context.taken(name, at);
    }
  }

  private Optional<Set<String>> leaving(StepContext context, boolean whole, String element) {
    if (!context.schema().open()) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>(Set.of(element));
    index.ifPresent(i -> names.add(i.value()));
    if (whole) {
      names.add(field.value().first());
    }
    return Optional.of(names);
  }

  private boolean isList(Expression list, StepContext context) {
    DataType type = list.type().type();
    if (type.equals(DataType.JSON) || type instanceof DataType.ListOf) {
      return true;
    }
    context.problem(
        ProblemCode.E402,
        field.origin(),
        "`explode` takes a list apart, and `" + field.value() + "` is " + type,
        "name a field that is a list");
    return false;
  }

  private ValueType elementType(ValueType list) {
    ValueType element =
        list.type() instanceof DataType.ListOf of
            ? of.element()
            : ValueType.optional(DataType.JSON);
    return keepEmpty ? element.asOptional() : element;
  }
}
