package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups all rows; the results come at the end, in the order in which the groups were met. */
public final class AggregateOperator implements Operator {
  private final Operation.Aggregate aggregate;
  private final LogicalNode node;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private final MemoryBudget memory;
  private final GroupState.Input input;
  private final GroupTable table;
  private final StepStore store;
  private final List<Evaluator> outers = new ArrayList<>();
  private final List<Schema> outerSchemas = new ArrayList<>();
  private final Optional<Evaluator> having;
  private @Nullable Batch waiting;
  private Optional<GroupResults> results = Optional.empty();

  AggregateOperator(Operation.Aggregate aggregate, StepContext context) {
    this.aggregate = aggregate;
    this.node = context.node();
    this.counters = context.counters();
    this.failures = context.failures();
    this.memory = context.memory();
    this.input = new GroupState.Input(aggregate, context);
    this.table = new GroupTable(input);
    this.store = new StepStore(context, table);
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

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  /** Takes over groups whose rows come after those taken so far; the rows are counted already. */
  public void groups(GroupState groups) {
    table.state().merge(groups);
    store.changed();
  }

  @Override
  public void ended() {
    try {
      results = Optional.of(results());
    } catch (EvaluationException e) {
      throw new PipelineException(
          Problem.of(
              e.code(),
              node.origin(),
              e.text(),
              "compute it in a wider type, such as `sum(to_double(x))`, or in smaller groups"));
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  private GroupResults results() throws IOException {
    if (store.isInMemory()) {
      return GroupResults.of(table.state());
    }
    SpilledGroups spilled =
        new SpilledGroups(input, memory, bytes -> memory.requireRoom(node, bytes));
    try {
      spilled.merge(store.all());
      store.close();
      return spilled;
    } catch (IOException | RuntimeException e) {
      spilled.close();
      throw e;
    }
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      RowErrors errors = new RowErrors();
      table.state().add(rows, errors);
      failures.rows(rows, errors, out);
      store.changed();
      return false;
    }
    if (results.isEmpty()) {
      return false;
    }
    try {
      Optional<GroupResults.Part> part = results.get().next();
      if (part.isEmpty()) {
        results.get().close();
        results = Optional.empty();
        return false;
      }
      emit(part.get(), out);
      return true;
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    store.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    store.restore(from);
  }

  @Override
  public void close() {
    store.close();
  }

  private void emit(GroupResults.Part part, Out out) {
    int size = part.size();
    Column[] key = part.keys();
    RowErrors errors = new RowErrors();
    Selection every = Selection.all(size);
    Column[] columns = Arrays.copyOf(key, key.length + outers.size());
    int call = 0;
    for (int i = 0; i < outers.size(); i++) {
      int calls = aggregate.compute().get(i).calls().size();
      Column[] seen = Arrays.copyOf(key, key.length + calls);
      for (int k = 0; k < calls; k++) {
        seen[key.length + k] = part.results()[call++];
      }
      columns[key.length + i] =
          outers.get(i).evaluate(made(outerSchemas.get(i), size, seen), every, errors);
    }
    Batch rows = made(node.schema(), size, columns);
    if (having.isPresent()) {
      Selection kept = having.get().select(rows, withoutErrors(every, errors), errors);
      counters.filtered(size - kept.count() - errors.all().size());
      failures.rows(rows, errors, out);
      emit(rows.gather(kept.rows(), kept.count()), out);
      return;
    }
    failures.rows(rows, errors, out);
    emit(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
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

  private void emit(Batch rows, Out out) {
    if (rows.size() > 0) {
      counters.out(0, rows.size());
      out.rows(0, rows);
    }
  }
}
