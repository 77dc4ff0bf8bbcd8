package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.option.Template;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Operation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows to a sink's writer; what it rejects fails. */
public final class WriteOperator implements Operator {
  private record Rejected(Batch rows, RowErrors errors) {}

  private record Path(Template template, List<Expression> expressions, List<Evaluator> values) {}

  private final StepContext context;
  private final List<Path> templates = new ArrayList<>();
  private final SinkWriter writer;
  private final Optional<Lines> lines;
  private final ArrayDeque<Rejected> rejected = new ArrayDeque<>();
  private @Nullable Batch waiting;

  public WriteOperator(Operation.Write write, SinkWriter writer, StepContext context) {
    this.context = context;
    this.writer = writer;
    this.lines = write.line().map(Lines::new);
    write
        .templates()
        .forEach(
            (template, expressions) ->
                templates.add(new Path(template, expressions, context.evaluators(expressions))));
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  /** Rows that were written and that the sink gave back after the decision, all of them failed. */
  public void rejected(Batch rows, RowErrors errors) {
    rejected.add(new Rejected(rows, errors));
  }

  @Override
  public boolean drain(Out out) {
    Rejected back = rejected.poll();
    if (back != null) {
      context.counters().out(0, -back.rows().size());
      context.failures().rows(back.rows(), back.errors(), out);
      return true;
    }
    Batch rows = waiting;
    if (rows == null) {
      return false;
    }
    waiting = null;
    RowErrors errors = new RowErrors();
    Map<Template, List<Column.Bytes>> computed = computed(rows, errors);
    if (!errors.isEmpty()) {
      context.failures().rows(rows, errors, out);
      waiting = Traced.of(rows).without(errors, new RowErrors()).rows();
      return drain(out);
    }
    write(rows, computed, out);
    return false;
  }

  private Map<Template, List<Column.Bytes>> computed(Batch rows, RowErrors errors) {
    Map<Template, List<Column.Bytes>> computed = new LinkedHashMap<>();
    for (Path path : templates) {
      List<Column.Bytes> values = new ArrayList<>();
      for (int i = 0; i < path.values().size(); i++) {
        Column.Bytes value =
            (Column.Bytes) path.values().get(i).evaluate(rows, Selection.all(rows.size()), errors);
        refuseNulls(path.expressions().get(i), value, errors);
        values.add(value);
      }
      computed.put(path.template(), values);
    }
    return computed;
  }

  private static void refuseNulls(Expression expression, Column.Bytes value, RowErrors errors) {
    // Where the sink takes nulls, the expression may give some.
    boolean none = value.validity() == null || expression.type().optional();
    for (int row = 0; !none && row < value.size(); row++) {
      if (value.isNull(row)) {
        errors.add(
            row,
            new RowError(
                ProblemCode.D302,
                expression.source().origin(),
                "`" + expression + "` is null, so it makes no part of a name",
                Map.of()));
      }
    }
  }

  private void write(Batch rows, Map<Template, List<Column.Bytes>> computed, Out out) {
    if (rows.size() == 0) {
      return;
    }
    Batch given = lines.map(made -> made.of(rows, computed)).orElse(rows);
    Rejects rejects = guarded(() -> writer.write(new SinkRows(given, computed)));
    context.counters().out(0, rows.size() - rejects.rows().size());
    if (!rejects.rows().isEmpty()) {
      RowErrors errors = new RowErrors();
      for (Rejects.Reject reject : rejects.rows()) {
        errors.add(
            reject.row(),
            new RowError(reject.code(), context.node().origin(), reject.message(), Map.of()));
      }
      context.failures().rows(rows, errors, out);
    }
  }

  /** Something that a writer does. */
  @FunctionalInterface
  private interface Act<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Act<T> act) {
    try {
      return act.run();
    } catch (IOException e) {
      throw Broken.sink(context.node(), e);
    } catch (PipelineException e) {
      throw Broken.placed(context.node(), e);
    }
  }

  /** Ends the epoch: all rows so far are staged. */
  public List<Staged> prepare(long epoch) {
    return guarded(() -> writer.prepare(epoch));
  }

  /**
   * What is left to do so that what was staged last is durable; for another thread. Empty where
   * nothing is.
   */
  public Optional<Runnable> forcing() {
    Forcing left = writer.forcing();
    return left.equals(Forcing.NONE) ? Optional.empty() : Optional.of(() -> force(left));
  }

  private void force(Forcing left) {
    Rejects unused =
        guarded(
            () -> {
              left.force();
              return Rejects.NONE;
            });
  }

  /** Nothing came for a while. */
  public void tick() {
    Rejects unused =
        guarded(
            () -> {
              writer.tick();
              return Rejects.NONE;
            });
  }

  @Override
  public void close() {
    Rejects unused =
        guarded(
            () -> {
              writer.close();
              return Rejects.NONE;
            });
  }
}
