package io.penstock.core.expression.function;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and runs expressions on one row or one group. */
final class Run {
  private static final EvaluationContext CONTEXT =
      new EvaluationContext(() -> 1_767_225_600_000_000L, 7, "step", "pipeline");

  /** The row of these expressions has no fields, but comes from a file. */
  private static final Scope WITH_META =
      new Scope(
          Schema.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of("path", ValueType.optional(DataType.STRING)),
          Map.of());

  private Run() {}

  /** The value of an expression without fields as text; what is wrong where it has none. */
  static String text(String expression) {
    Problems problems = new Problems();
    Optional<Expression> checked = new ExpressionChecker(problems).check(at(expression), WITH_META);
    return checked.map(e -> text(e, oneRow())).orElseGet(() -> problems.inFileOrder().toString());
  }

  /** The value of an expression over a record without a schema. */
  static String over(String record, String expression) {
    Problems problems = new Problems();
    BytesBuilder rest = new BytesBuilder();
    rest.add(Json.parse(record).binary());
    return new ExpressionChecker(problems)
        .check(at(expression), Scope.of(Schema.anything()))
        .map(e -> text(e, batch(Schema.anything(), 1, rest.build())))
        .orElseGet(() -> problems.inFileOrder().toString());
  }

  /** The result of an example of an aggregate: values, a bar, an expression. */
  static String aggregate(String example) {
    int bar = example.lastIndexOf(" | ");
    List<String> rows = split(example.substring(0, bar));
    Batch batch = rows.get(0).startsWith("[") ? pairs(rows) : singles(rows);
    Problems problems = new Problems();
    return new ExpressionChecker(problems)
        .checkAggregate("r", at(example.substring(bar + 3)), Scope.of(batch.schema()), List.of())
        .map(e -> text(e, batch))
        .orElseGet(() -> problems.inFileOrder().toString());
  }

  private static String text(AggregateExpression expression, Batch batch) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (AggregateCall call : expression.calls()) {
      Column[] arguments = new Column[call.arguments().size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = evaluate(call.arguments().get(i), batch, new RowErrors());
      }
      Aggregates state = call.factory().create();
      state.add(new int[batch.size()], batch.size(), arguments, Optional.empty());
      fields.add(new Field("$" + fields.size(), call.type()));
      columns.add(state.results(1));
    }
    Batch results = batch(Schema.of(fields), 1, columns.toArray(Column[]::new));
    return text(expression.outer(), results);
  }

  private static String text(Expression expression, Batch batch) {
    RowErrors errors = new RowErrors();
    Column column = evaluate(expression, batch, errors);
    if (!errors.isEmpty()) {
      return errors.of(0).orElseThrow().toString();
    }
    DataType type = expression.type().type();
    @Nullable Object value = Values.get(column, type, 0);
    return value == null ? "null" : Values.toText(type, value);
  }

  private static Column evaluate(Expression expression, Batch batch, RowErrors errors) {
    return Evaluators.of(expression, CONTEXT).evaluate(batch, Selection.all(batch.size()), errors);
  }

  private static Batch singles(List<String> rows) {
    Field field = field("x", rows);
    return batch(Schema.of(field), rows.size(), column(rows));
  }

  private static Batch pairs(List<String> rows) {
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    for (String row : rows) {
      List<String> pair = split(row.substring(1, row.length() - 1));
      left.add(pair.get(0));
      right.add(pair.get(1));
    }
    return batch(
        Schema.of(field("x", left), field("y", right)), rows.size(), column(left), column(right));
  }

  private static Field field(String name, List<String> values) {
    DataType type = list(values).type().type();
    return new Field(name, ValueType.optional(((DataType.ListOf) type).element().type()));
  }

  private static Column column(List<String> values) {
    Column.Lists lists =
        (Column.Lists) evaluate(list(values), batch(Schema.of(), 1), new RowErrors());
    return lists.elements();
  }

  private static Expression list(List<String> values) {
    Problems problems = new Problems();
    return new ExpressionChecker(problems)
        .check(at("[" + String.join(", ", values) + "]"), Scope.of(Schema.of()))
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  private static Batch oneRow() {
    BytesBuilder path = new BytesBuilder();
    path.add("a.log".getBytes(StandardCharsets.UTF_8));
    return Batch.of(
        Schema.of(),
        1,
        new Column[0],
        new Provenance("t", "a.log", new long[] {0}, new int[0], Map.of("path", path.build())));
  }

  private static Batch batch(Schema schema, int size, Column... columns) {
    return Batch.of(schema, size, columns, Provenance.none("t"));
  }

  private static ExpressionText at(String text) {
    return ExpressionText.at(text, Origin.at("example", 1, 1));
  }

  /** The parts between commas outside quotes and brackets. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    int depth = 0;
    for (char c : text.toCharArray()) {
      quoted ^= c == '\'';
      depth += quoted ? 0 : c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && !quoted && depth == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
