package io.penstock.core.expression;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the semantics table: {@code expression <- name: type = value; ... => expected}.
 * Expected is {@code null}, a type and a canonical text, {@code error D201} or {@code problem
 * E401}. The field {@code ...} is the rest of an open row.
 */
record TableCase(int line, String expression, List<Given> given, String expected) {
  static final EvaluationContext RUN =
      new EvaluationContext(() -> 1_767_225_600_000_000L, 7, "s", "p");

  record Given(String name, ValueType type, @Nullable Object value) {}

  static TableCase read(int line, String text) {
    int result = text.lastIndexOf(" => ");
    String left = text.substring(0, result);
    int inputs = left.indexOf(" <- ");
    List<Given> given = new ArrayList<>();
    if (inputs >= 0) {
      for (String one : left.substring(inputs + 4).split("; ")) {
        given.add(given(one));
      }
    }
    String expression = (inputs < 0 ? left : left.substring(0, inputs)).strip();
    return new TableCase(line, expression, given, text.substring(result + 4).strip());
  }

  private static Given given(String text) {
    int value = text.indexOf(" = ");
    if (text.startsWith("...")) {
      return new Given("...", TypeText.read("json"), Json.parse(text.substring(value + 3)));
    }
    int colon = text.indexOf(": ");
    ValueType type = TypeText.read(text.substring(colon + 2, value));
    String written = text.substring(value + 3).strip();
    if (type.type().toString().equals("json") && !written.equals("null")) {
      Json json = Json.parse(written);
      return new Given(text.substring(0, colon).strip(), type, json.isNull() ? null : json);
    }
    return new Given(text.substring(0, colon).strip(), type, constant(written, type));
  }

  static @Nullable Object constant(String written, ValueType type) {
    Problems problems = new Problems();
    Optional<Expression> parsed =
        new ExpressionChecker(problems).check(at(written), Scope.of(Schema.of()), type);
    Expression expression =
        parsed.orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
    RowErrors errors = new RowErrors();
    Column column =
        Evaluators.of(expression, RUN)
            .evaluate(
                Batch.of(Schema.of(), 1, new Column[0], Provenance.none("t")),
                Selection.all(1),
                errors);
    return Values.get(column, expression.type().type(), 0);
  }

  static ExpressionText at(String text) {
    return ExpressionText.at(text, Origin.at("table", 1, 1));
  }

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    given.stream()
        .filter(g -> !g.name().equals("..."))
        .forEach(g -> fields.add(new Field(g.name(), g.type())));
    return new Schema(fields, given.stream().anyMatch(g -> g.name().equals("...")));
  }

  /** The row many times; every third one with null in each optional field where nulls are asked. */
  Batch batch(int rows, boolean nulls) {
    Schema schema = schema();
    Column[] columns = new Column[schema.columns()];
    int next = 0;
    for (Given one : given) {
      int index = one.name().equals("...") ? schema.rest() : next++;
      ColumnBuilder builder = ColumnBuilder.of(one.type().type());
      for (int row = 0; row < rows; row++) {
        boolean isNull = nulls && one.type().optional() && row % 3 == 1;
        Values.append(builder, one.type().type(), isNull ? null : one.value());
      }
      columns[index] = builder.build();
    }
    return Batch.of(schema, rows, columns, Provenance.none("t"));
  }

  Optional<Expression> checked(Problems problems) {
    return new ExpressionChecker(problems).check(at(expression), Scope.of(schema()));
  }

  /** What comes out for a row, in the form of {@link #expected}. */
  static String outcome(
      Expression expression, Column column, int index, int row, RowErrors errors) {
    Optional<RowError> error = errors.of(row);
    if (error.isPresent()) {
      return "error " + error.get().code();
    }
    Object value = Values.get(column, expression.type().type(), index);
    return value == null
        ? "null"
        : expression.type().type() + " " + Values.toText(expression.type().type(), value);
  }

  static String outcome(Problems problems) {
    List<Problem> found = problems.inFileOrder();
    return "problem " + found.get(0).code();
  }
}
