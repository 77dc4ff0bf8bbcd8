package io.penstock.core.expression.closure;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.problem.Origin;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import java.util.Arrays;
import java.util.Optional;

/** Evaluates an expression row by row. Single-threaded. */
public final class ClosureEvaluator implements Evaluator {
  private final Optional<ColumnPath> path;
  private final DataType type;
  private final Code code;
  private final Frame frame;
  private final ColumnBuilder builder;

  public ClosureEvaluator(Expression expression, EvaluationContext run) {
    Typed root = expression.root();
    this.path = ColumnPath.of(root);
    this.type = root.type().type();
    ClosureCompiler compiler = new ClosureCompiler();
    this.code = compiler.compile(root);
    this.frame = new Frame(run, salt(expression), compiler.locals());
    this.builder = ColumnBuilder.of(type);
  }

  /** Tells the expressions of one step apart, so that each draws random numbers of its own. */
  private static long salt(Expression expression) {
    Origin at = expression.source().origin();
    return 31L * at.line() + at.column();
  }

  @Override
  public Column evaluate(Batch rows, Selection selected, RowErrors errors) {
    if (path.isPresent()) {
      Column whole = path.get().in(rows.columns());
      return selected.count() == rows.size()
          ? whole
          : whole.gather(selected.rows(), selected.count());
    }
    frame.begin(rows);
    int[] indexes = selected.rows();
    int at = 0;
    while (at < selected.count()) {
      try {
        at = append(indexes, at, selected.count());
      } catch (RowFailure failure) {
        at = builder.size();
        builder.truncate(at);
        builder.addNull();
        errors.add(indexes[at], Failures.describe(failure, rows, indexes[at]));
        at++;
      }
    }
    return builder.build();
  }

  /** Appends the rows from one on; where it fails, as many are in the builder as went well. */
  private int append(int[] rows, int from, int count) {
    if (code instanceof Code.OfLong number) {
      return longs(number, (LongsBuilder) builder, rows, from, count);
    }
    if (code instanceof Code.OfDouble number) {
      return doubles(number, (DoublesBuilder) builder, rows, from, count);
    }
    if (code instanceof Code.OfTruth truth) {
      return truths(truth, (BooleansBuilder) builder, rows, from, count);
    }
    if (code instanceof Code.Written written) {
      return texts(written, (BytesBuilder) builder, rows, from, count);
    }
    if (code instanceof Code.Scaled scaled) {
      return decimals(scaled, (DecimalsBuilder) builder, rows, from, count);
    }
    for (int i = from; i < count; i++) {
      frame.at(rows[i]);
      Values.append(builder, type, code.value(frame));
    }
    return count;
  }

  private int longs(Code.OfLong number, LongsBuilder to, int[] rows, int from, int count) {
    for (int i = from; i < count; i++) {
      frame.at(rows[i]);
      long value = number.number(frame);
      if (frame.missing) {
        to.addNull();
      } else {
        to.add(value);
      }
    }
    return count;
  }

  private int doubles(Code.OfDouble number, DoublesBuilder to, int[] rows, int from, int count) {
    for (int i = from; i < count; i++) {
      frame.at(rows[i]);
      double value = number.number(frame);
      if (frame.missing) {
        to.addNull();
      } else {
        to.add(value);
      }
    }
    return count;
  }

  private int truths(Code.OfTruth truth, BooleansBuilder to, int[] rows, int from, int count) {
    for (int i = from; i < count; i++) {
      frame.at(rows[i]);
      boolean value = truth.truth(frame);
      if (frame.missing) {
        to.addNull();
      } else {
        to.add(value);
      }
    }
    return count;
  }

  private int texts(Code.Written written, BytesBuilder to, int[] rows, int from, int count) {
    for (int i = from; i < count; i++) {
      frame.at(rows[i]);
      if (written.append(frame, to)) {
        to.end();
      } else {
        to.addNull();
      }
    }
    return count;
  }

  private int decimals(Code.Scaled scaled, DecimalsBuilder to, int[] rows, int from, int count) {
    for (int i = from; i < count; i++) {
      frame.at(rows[i]);
      long value = scaled.scaled(frame);
      if (frame.wide) {
        frame.at(rows[i]);
        Values.append(to, type, code.value(frame));
      } else if (frame.missing) {
        to.addNull();
      } else {
        to.add(value);
      }
    }
    return count;
  }

  @Override
  public Selection select(Batch rows, Selection selected, RowErrors errors) {
    Code.OfTruth condition = (Code.OfTruth) code;
    frame.begin(rows);
    int[] indexes = selected.rows();
    int[] kept = new int[selected.count()];
    int count = 0;
    for (int i = 0; i < selected.count(); i++) {
      int row = indexes[i];
      frame.at(row);
      try {
        if (condition.truth(frame) && !frame.missing) {
          kept[count++] = row;
        }
      } catch (RowFailure failure) {
        errors.add(row, Failures.describe(failure, rows, row));
      }
    }
    return new Selection(count == kept.length ? kept : Arrays.copyOf(kept, count), count);
  }
}
