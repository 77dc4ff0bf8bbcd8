package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.check.Checks;
import io.penstock.core.expression.typed.Place;
import io.penstock.core.expression.typed.Typed;
import java.util.List;
import java.util.Optional;

/**
 * Makes expressions out of texts: parses them and gives them their types. Problems go to the
 * collector, several for one text; the result is then empty. Single-threaded.
 */
public final class ExpressionChecker {
  private final Problems problems;

  public ExpressionChecker(Problems problems) {
    this.problems = problems;
  }

  /** An expression of whatever type it has. */
  public Optional<Expression> check(ExpressionText text, Scope scope) {
    return Checks.expression(text, scope, problems, null);
  }

  /**
   * An expression of a wanted type, with the implicit conversions; a json value is converted and
   * checked row by row. E402, E403 where it has another type or may be null.
   */
  public Optional<Expression> check(ExpressionText text, Scope scope, ValueType wanted) {
    return Checks.expression(text, scope, problems, wanted);
  }

  /**
   * An expression of {@code compute}: each field stands inside an aggregate or is one of {@code
   * by}.
   */
  public Optional<AggregateExpression> checkAggregate(
      String name, ExpressionText text, Scope scope, List<NamedExpression> by) {
    return Checks.aggregate(name, text, scope, by, problems);
  }

  /** An expression of {@code compute} of {@code over}: it sees the row and the calls' values. */
  public Optional<OverExpression> checkOver(String name, ExpressionText text, Scope scope) {
    return Checks.over(name, text, scope, problems);
  }

  /** A column as it is; in an open row a name that is no field is a path into the rest. */
  public Expression field(Schema row, String name, Origin at) {
    int index = row.indexOf(name);
    Place place = place(name, at);
    Typed column =
        index >= 0
            ? new Typed.Column(row.column(index), index, name, place)
            : new Typed.JsonMember(
                ValueType.optional(DataType.JSON), restColumn(row, place), name, place);
    return Checks.of(place.text(), column, row);
  }

  /** A field inside records, maps and json values; empty where the row has no such field. */
  public Optional<Expression> path(Schema row, FieldPath path, Origin at) {
    if (row.indexOf(path.first()) < 0 && !row.open()) {
      return Optional.empty();
    }
    Place place = place(path.toString(), at);
    Typed value = field(row, path.first(), at).root();
    for (String name : path.names().subList(1, path.names().size())) {
      Optional<Typed> part = part(value, name, place);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      value = part.get();
    }
    return Optional.of(Checks.of(place.text(), value, row));
  }

  private static Optional<Typed> part(Typed value, String name, Place place) {
    DataType type = value.type().type();
    if (type.equals(DataType.JSON)) {
      return Optional.of(
          new Typed.JsonMember(ValueType.optional(DataType.JSON), value, name, place));
    }
    if (!(type instanceof DataType.RecordOf record) || record.schema().indexOf(name) < 0) {
      return Optional.empty();
    }
    int index = record.schema().indexOf(name);
    ValueType field = record.schema().column(index);
    return Optional.of(
        new Typed.RecordField(
            value.type().optional() ? field.asOptional() : field, value, index, name, place));
  }

  /** What an open row has beside its fields, as one json object. */
  public Expression rest(Schema row, Origin at) {
    Place place = place("row", at);
    return Checks.of(place.text(), restColumn(row, place), row);
  }

  private static Typed restColumn(Schema row, Place place) {
    return new Typed.Column(ValueType.required(DataType.JSON), row.rest(), "", place);
  }

  /** The same value for every row, in its boxed form; empty for null. */
  public Expression constant(ValueType type, Optional<Object> value, Origin at) {
    Place place = place(value.map(String::valueOf).orElse("null"), at);
    return Checks.of(
        place.text(), new Typed.Constant(type, value, false, false, place), Schema.of(List.of()));
  }

  /** A record of these values, fields in their order. */
  public Expression record(List<NamedExpression> values, Schema row, Origin at) {
    Place place = place("record", at);
    Schema fields =
        Schema.of(
            values.stream()
                .map(v -> new io.penstock.api.data.Field(v.name(), v.expression().type()))
                .toList());
    Typed made =
        new Typed.RecordMaking(
            ValueType.required(new DataType.RecordOf(fields)),
            values.stream().map(v -> v.expression().root()).toList(),
            place);
    return Checks.of(place.text(), made, row);
  }

  /**
   * The same value brought to a type, as for unions; T becomes json where json is wanted; empty
   * where a cast is needed.
   */
  public Optional<Expression> as(ValueType wanted, Expression value, Schema row) {
    return Checks.converted(value.root(), wanted).map(tree -> Checks.of(value.source(), tree, row));
  }

  private static Place place(String written, Origin at) {
    ExpressionText text = new ExpressionText(written, (offset, length) -> at);
    return new Place(text, 0, written.length());
  }
}
