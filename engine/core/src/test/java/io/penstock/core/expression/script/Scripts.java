package io.penstock.core.expression.script;

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
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.Parameter;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a script over one row of known values, and tells what came out. */
final class Scripts {
  static final Schema ROW =
      new Schema(
          List.of(
              Field.of("id", DataType.INT),
              Field.of("name", DataType.STRING),
              Field.of("price", new DataType.Decimal(12, 2)),
              Field.of("ratio", DataType.DOUBLE),
              Field.of("big", DataType.INT),
              Field.optional("none", DataType.STRING),
              Field.of("at", DataType.TIMESTAMP),
              Field.of("day", DataType.DATE),
              Field.of("took", DataType.DURATION),
              Field.of("tags", new DataType.ListOf(ValueType.required(DataType.STRING))),
              Field.of(
                  "lines",
                  new DataType.ListOf(
                      ValueType.required(
                          new DataType.RecordOf(
                              Schema.of(
                                  Field.of("sku", DataType.STRING),
                                  Field.of("quantity", DataType.INT)))))),
              Field.of("raw", DataType.BYTES)),
          true);
  private static final @Nullable Object[] VALUES = {
    7L,
    "Ada",
    new BigDecimal("12.50"),
    0.5,
    Long.MAX_VALUE,
    null,
    1_767_225_600_000_000L,
    20_454L,
    90_000_000L,
    List.of("a", "b"),
    List.of(new Object[] {"x", 2L}, new Object[] {"y", 3L}),
    new byte[] {1, 2},
    Json.parse("{\"extra\":{\"deep\":[1,2.5,\"t\",null,true]}}")
  };
  private static final Scope SCOPE =
      new Scope(
          ROW,
          Map.of(),
          Map.of(),
          Map.of("least", new Parameter(ValueType.required(DataType.INT), Optional.of(5L), false)),
          Map.of(),
          Map.of(
              "twice",
              new UserFunction(
                  "twice",
                  List.of(
                      new UserFunction.Taken("x", Optional.of(ValueType.required(DataType.INT)))),
                  ExpressionText.at("x * 2", Origin.at("functions", 1, 1)))));

  static final ScriptLimits LIMITS =
      new ScriptLimits(100_000, 1 << 20, 100, Duration.ofSeconds(10), clock(0));

  private Scripts() {}

  /** A clock that goes on by so many nanoseconds whenever it is asked. */
  static Clock clock(long stride) {
    return new Clock() {
      private long now;

      @Override
      public long micros() {
        return 1_767_225_600_000_000L;
      }

      @Override
      public long nanos() {
        now += stride;
        return now;
      }
    };
  }

  static String outcome(String script) {
    return outcome(script, Schema.anything(), LIMITS);
  }

  /** The rows as JSON, one a line, or the problems, or the error. */
  static String outcome(String script, Schema result, ScriptLimits limits) {
    Problems problems = new Problems();
    Optional<ScriptProgram> program = ScriptProgram.read(text(script), problems);
    List<NamedExpression> reads = new ArrayList<>();
    if (program.isPresent()) {
      for (ScriptProgram.Read read : program.get().reads()) {
        new ExpressionChecker(problems)
            .check(read.text(), SCOPE)
            .ifPresent(e -> reads.add(new NamedExpression(read.name(), e)));
      }
    }
    if (problems.hasErrors() || program.isEmpty()) {
      List<String> lines = new ArrayList<>();
      for (Problem problem : problems.inFileOrder()) {
        lines.add(
            "problem "
                + problem.code()
                + " "
                + problem.origin().line()
                + ":"
                + problem.origin().column()
                + " "
                + problem.message());
      }
      return String.join("\n", lines);
    }
    return run(program.get(), reads, result, limits);
  }

  private static String run(
      ScriptProgram program, List<NamedExpression> reads, Schema result, ScriptLimits limits) {
    EvaluationContext context = new EvaluationContext(limits.clock()::micros, 7, "s", "p");
    ScriptRun run =
        new ScriptRun(
            program, reads, SCOPE.functions(), result, limits, e -> Evaluators.of(e, context));
    Batch batch = batch();
    List<Column> values = new ArrayList<>();
    for (NamedExpression read : reads) {
      Expression expression = read.expression();
      values.add(
          Evaluators.of(expression, context).evaluate(batch, Selection.all(1), new RowErrors()));
    }
    run.begin(batch, values);
    Optional<RowError> error = run.row(0);
    if (error.isPresent()) {
      return "error "
          + error.get().code()
          + " "
          + error.get().at().line()
          + ":"
          + error.get().at().column()
          + " "
          + error.get().message();
    }
    int count = run.count();
    return shown(count, run.take(), result);
  }

  /** Rows as JSON, one a line. */
  static String shown(int count, Column[] columns, Schema result) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      @Nullable Object[] record = new Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        record[i] = Values.get(columns[i], result.column(i).type(), row);
      }
      rows.add(Conversions.toJson(new DataType.RecordOf(result), record).toText());
    }
    return String.join("\n", rows);
  }

  static Batch batch() {
    Column[] columns = new Column[ROW.columns()];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(ROW.column(i).type());
      Values.append(builder, ROW.column(i).type(), VALUES[i]);
      columns[i] = builder.build();
    }
    return Batch.of(ROW, 1, columns, Provenance.none("t"));
  }

  static ExpressionText text(String script) {
    return new ExpressionText(
        script,
        (offset, length) -> {
          String before = script.substring(0, Math.min(offset, script.length()));
          int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
          return new Origin("s", line, offset - before.lastIndexOf('\n'), Math.max(1, length));
        });
  }
}
