package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Functions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The examples of all functions hold compiled too. Their literals become fields, as many as the
 * checker lets be, because an expression of literals is computed before it could be compiled.
 */
final class ExamplesCompiledTest {
  private static final Pattern LITERAL =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|(?<![\\w.'])\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?(?![\\w.'])");
  private static final EvaluationContext RUN = Checked.RUN;

  /** An example some of whose literals are fields. */
  private record Example(String text, List<Field> fields, List<Object> values) {
    Optional<Expression> checked() {
      return new ExpressionChecker(new Problems())
          .check(ExpressionText.at(text, Origin.at("example", 1, 1)), scope(fields));
    }

    /** The row comes from a file. */
    private static Scope scope(List<Field> fields) {
      Map<String, ValueType> meta = Map.of("path", ValueType.optional(DataType.STRING));
      return new Scope(Schema.of(fields), Map.of(), Map.of(), Map.of(), meta, Map.of());
    }

    Example with(int from, int to, Object value, DataType type) {
      String name = "f" + fields.size();
      List<Field> more = new ArrayList<>(fields);
      more.add(Field.of(name, type));
      List<Object> all = new ArrayList<>(values);
      all.add(value);
      return new Example(text.substring(0, from) + name + text.substring(to), more, all);
    }

    Batch batch() {
      Column[] columns = new Column[fields.size()];
      for (int i = 0; i < columns.length; i++) {
        DataType type = fields.get(i).type().type();
        ColumnBuilder builder = ColumnBuilder.of(type);
        Values.append(builder, type, values.get(i));
        columns[i] = builder.build();
      }
      return Batch.of(Schema.of(fields), 1, columns, Provenance.none("t"));
    }
  }

  @Test
  void everyExampleIsTrueCompiled() {
    List<String> wrong = new ArrayList<>();
    int compiled = 0;
    int all = 0;
    for (String text :
        Functions.standard().all().stream()
            .flatMap(f -> Arrays.stream(f.about().examples()))
            .toList()) {
      Example example = fielded(text);
      Expression expression = example.checked().orElseThrow();
      all++;
      compiled += check(text, example, expression, wrong) ? 1 : 0;
    }
    assertEquals("", String.join("\n", wrong));
    System.out.println(compiled + " of " + all + " examples run in loops");
    assertTrue(compiled * 2 > all, compiled + " of " + all);
  }

  /** Runs it both ways; whether a loop did it. */
  private static boolean check(
      String text, Example example, Expression expression, List<String> wrong) {
    ClassMaker maker = new ClassMaker(ExamplesCompiledTest.class.getClassLoader());
    Batch batch = example.batch();
    RowErrors errors = new RowErrors();
    var closures = Evaluators.of(expression, RUN);
    Object expected = value(expression, closures.evaluate(batch, Selection.all(1), errors));
    Optional<MadeLoops> made;
    try {
      made = MadeLoops.make(List.of(expression), false, maker);
    } catch (SourceRefused refused) {
      throw new AssertionError(MadeLoops.source(List.of(expression), false), refused);
    }
    if (made.isEmpty()) {
      return false;
    }
    RowErrors own = new RowErrors();
    LoopRun loops = new LoopRun(made.get(), List.of(closures), RUN);
    Object value = value(expression, loops.evaluate(batch, Selection.all(1), own)[0]);
    boolean same = expected == null ? value == null : expected.equals(value);
    if (!same || !errors.all().equals(own.all())) {
      wrong.add(example + " gives " + value + ", not " + expected + "; " + text);
    }
    return loops.shareLeft() == 0;
  }

  private static @Nullable Object value(Expression expression, Column column) {
    return Values.get(column, expression.type().type(), 0);
  }

  private static Example fielded(String text) {
    Example best = new Example(text, List.of(), List.of());
    Matcher literals = LITERAL.matcher(text);
    int shift = 0;
    while (literals.find()) {
      Example next = fielded(best, literals.start() + shift, literals.end() + shift);
      if (next.checked().isPresent()) {
        shift += next.text().length() - best.text().length();
        best = next;
      }
    }
    return best;
  }

  private static Example fielded(Example example, int from, int to) {
    String literal = example.text().substring(from, to).replace("_", "");
    if (literal.startsWith("'")) {
      String quoted = example.text().substring(from, to);
      Expression text =
          new ExpressionChecker(new Problems())
              .check(ExpressionText.at(quoted, Origin.at("e", 1, 1)), Scope.of(Schema.of()))
              .orElseThrow();
      Batch none = Batch.of(Schema.of(), 1, new Column[0], Provenance.none("t"));
      Column value = Evaluators.of(text, RUN).evaluate(none, Selection.all(1), new RowErrors());
      return example.with(from, to, ((Column.Bytes) value).text(0), DataType.STRING);
    }
    if (literal.contains("e")) {
      return example.with(from, to, Double.valueOf(literal), DataType.DOUBLE);
    }
    BigDecimal number = new BigDecimal(literal);
    boolean whole = number.scale() == 0 && number.precision() < 19;
    return whole
        ? example.with(from, to, number.longValueExact(), DataType.INT)
        : example.with(
            from,
            to,
            number,
            new DataType.Decimal(Math.max(number.precision(), number.scale()), number.scale()));
  }
}
