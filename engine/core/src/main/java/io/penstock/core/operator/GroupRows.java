package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes rows of the results of groups, and leaves out those that nobody wants to have. */
final class GroupRows {
  private final Operation.Aggregate aggregate;
  private final LogicalNode node;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private final List<Evaluator> outers = new ArrayList<>();
  private final List<Schema> outerSchemas = new ArrayList<>();
  private final Optional<Evaluator> having;

  GroupRows(Operation.Aggregate aggregate, StepContext context) {
    this.aggregate = aggregate;
    this.node = context.node();
    this.counters = context.counters();
    this.failures = context.failures();
    for (AggregateExpression expression : aggregate.compute()) {
      outers.add(context.evaluator(expression.outer()));
      List<Field> fields = new ArrayList<>();
      aggregate.by().forEach(key -> fields.add(new Field(key.name(), key.expression().type())));
      for (int i = 0; i < expression.calls().size(); i++) {
        fields.add(new Field("$" + i, expression.calls().get(i).type()));
      }
      outerSchemas.add(Schema.of(fields));
    }
    this.having = aggregate.having().map(context::evaluator);
  }

  /**
   * Hands on the rows of some groups.
   *
   * @param marks of the rows; their windows, where they have any, are columns behind the keys too
   */
  void emit(GroupResults.Part part, RowMarks marks, Operator.Out out) {
    Batch rows = made(part, marks, out).rows();
    if (rows.size() > 0) {
      counters.out(0, rows.size());
      out.rows(0, rows);
    }
  }

  /** The rows of some groups that are wanted, each with the number of its group. */
  Traced made(GroupResults.Part part, RowMarks marks, Operator.Out out) {
    int size = part.size();
    List<Column> windows =
        marks.windows().map(own -> List.<Column>of(own.starts(), own.ends())).orElse(List.of());
    Column[] key = part.keys();
    RowErrors errors = new RowErrors();
    Selection every = Selection.all(size);
    int before = key.length + windows.size();
    Column[] columns = Arrays.copyOf(key, before + outers.size());
    for (int i = 0; i < windows.size(); i++) {
      columns[key.length + i] = windows.get(i);
    }
    int call = 0;
    for (int i = 0; i < outers.size(); i++) {
      int calls = aggregate.compute().get(i).calls().size();
      Column[] seen = Arrays.copyOf(key, key.length + calls);
      for (int k = 0; k < calls; k++) {
        seen[key.length + k] = part.results()[call++];
      }
      Batch results = made(outerSchemas.get(i), size, seen);
      columns[before + i] = outers.get(i).evaluate(results, every, errors);
    }
    Batch rows = made(node.schema(), size, columns).with(marks);
    if (having.isPresent()) {
      Selection kept = having.get().select(rows, withoutErrors(every, errors), errors);
      counters.filtered(size - kept.count() - errors.all().size());
      failures.rows(rows, errors, out);
      return Traced.of(rows).gather(kept);
    }
    failures.rows(rows, errors, out);
    return Traced.of(rows).without(errors, new RowErrors());
  }

  private static Selection withoutErrors(Selection every, RowErrors errors) {
    int[] rows = new int[every.count()];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (errors.of(i).isEmpty()) {
        rows[count++] = i;
      }
    }
    return new Selection(rows, count);
  }

  private Batch made(Schema schema, int size, Column[] columns) {
    return Batch.of(schema, size, columns, Provenance.none(node.step()));
  }
}
