package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks expressions over a schema and runs them on compiled loops. */
record Checked(Schema schema, ClassMaker maker) {
  static final EvaluationContext RUN =
      new EvaluationContext(() -> 1_767_225_600_000_000L, 7, "s", "p");

  static Checked over(Schema schema) {
    return new Checked(schema, new ClassMaker(Checked.class.getClassLoader()));
  }

  Expression expression(String text) {
    Problems problems = new Problems();
    return new ExpressionChecker(problems)
        .check(ExpressionText.at(text, Origin.at("f", 1, 1)), Scope.of(schema))
        .orElseThrow(() -> new AssertionError(text + ": " + problems.inFileOrder()));
  }

  List<Expression> expressions(String... texts) {
    List<Expression> all = new ArrayList<>();
    for (String text : texts) {
      all.add(expression(text));
    }
    return all;
  }

  MadeLoops made(List<Expression> expressions) {
    try {
      return MadeLoops.make(expressions, false, maker).orElseThrow();
    } catch (SourceRefused refused) {
      throw new AssertionError(MadeLoops.source(expressions, false), refused);
    }
  }

  LoopRun run(List<Expression> expressions) {
    List<Evaluator> closures = new ArrayList<>();
    expressions.forEach(e -> closures.add(Evaluators.of(e, RUN)));
    return new LoopRun(made(expressions), closures, RUN);
  }

  /** A batch of rows, each an array of boxed values. */
  Batch batch(@Nullable Object[]... rows) {
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(schema.column(i).type());
      for (Object[] row : rows) {
        Values.append(builder, schema.column(i).type(), row[i]);
      }
      columns[i] = builder.build();
    }
    return Batch.of(schema, rows.length, columns, Provenance.none("t"));
  }

  /** The value of the first row, computed by the loop itself and by nothing else. */
  @Nullable Object value(String text, @Nullable Object... row) {
    Expression expression = expression(text);
    LoopRun run = run(List.of(expression));
    RowErrors errors = new RowErrors();
    Column column = run.evaluate(batch(new Object[][] {row}), Selection.all(1), errors)[0];
    if (run.shareLeft() > 0) {
      throw new AssertionError(text + " is left to closures");
    }
    return Values.get(column, expression.type().type(), 0);
  }
}
