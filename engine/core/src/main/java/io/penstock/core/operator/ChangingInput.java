package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.RowMarks;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a task needs to fill groups with changing results, and to make rows of them. */
final class ChangingInput {
  private final StepContext context;
  private final boolean changing;
  private final boolean windows;
  private final List<Evaluator> by;
  private final List<DataType> types;
  private final List<AggregateCall> calls;
  private final List<Optional<Evaluator>> where = new ArrayList<>();
  private final List<List<Evaluator>> arguments = new ArrayList<>();
  private final GroupRows made;
  private final AllRows all = new AllRows();

  ChangingInput(Operation.Aggregate aggregate, StepContext context) {
    this.context = context;
    this.changing = aggregate.windowing().changing();
    this.windows = aggregate.windowing().isTimed();
    this.by = context.named(aggregate.by());
    this.types = aggregate.by().stream().map(key -> key.expression().type().type()).toList();
    this.calls = aggregate.compute().stream().flatMap(e -> e.calls().stream()).toList();
    for (AggregateCall call : calls) {
      where.add(call.where().map(context::evaluator));
      arguments.add(context.evaluators(call.arguments()));
    }
    this.made = new GroupRows(aggregate, context);
  }

  StepContext context() {
    return context;
  }

  /** The types of the keys. */
  List<DataType> types() {
    return types;
  }

  /** Whether all rows are one group, which is there without rows too. */
  boolean isWhole() {
    return by.isEmpty() && !windows;
  }

  ChangeRows changes() {
    return new ChangeRows(context.node().schema(), context.node().step());
  }

  /** Fresh states of the calls. */
  Aggregates[] aggregates() {
    Aggregates[] fresh = new Aggregates[calls.size()];
    for (int i = 0; i < fresh.length; i++) {
      Aggregates one = calls.get(i).factory().create();
      fresh[i] = changing ? one.retractable().orElseThrow() : one;
    }
    return fresh;
  }

  /** The rows of some groups that are wanted, each with the number of its group. */
  Traced made(GroupResults.Part part, RowMarks marks, Operator.Out out) {
    return made.made(part, marks, out);
  }

  /** Rows with all that is computed of them; those that fail are reported and left out. */
  Evaluated evaluate(Batch rows, Operator.Out out) {
    RowErrors errors = new RowErrors();
    Selection every = all.of(rows.size());
    Column[] keys = new Column[by.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = by.get(i).evaluate(rows, every, errors);
    }
    Selection[] selected = new Selection[calls.size()];
    Column[][] values = new Column[calls.size()][];
    for (int i = 0; i < selected.length; i++) {
      Optional<Evaluator> condition = where.get(i);
      selected[i] = condition.isPresent() ? condition.get().select(rows, every, errors) : every;
      List<Evaluator> of = arguments.get(i);
      values[i] = new Column[of.size()];
      for (int k = 0; k < values[i].length; k++) {
        values[i][k] = of.get(k).evaluate(rows, selected[i], errors);
      }
    }
    if (errors.isEmpty()) {
      return new Evaluated(rows, keys, selected, values, going(rows));
    }
    context.failures().rows(rows, errors, out);
    return evaluate(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
  }

  private static boolean[] going(Batch rows) {
    if (rows.marks().operations().isEmpty()) {
      return new boolean[0];
    }
    boolean[] going = new boolean[rows.size()];
    for (int row = 0; row < going.length; row++) {
      going[row] = Change.of(rows, row).takesAway();
    }
    return going;
  }

  /**
   * Rows, their keys, and for each call the rows that count and its arguments for these.
   *
   * @param going which rows go; empty where all come
   */
  record Evaluated(
      Batch rows, Column[] keys, Selection[] selected, Column[][] arguments, boolean[] going) {
    boolean goes(int row) {
      return going.length > 0 && going[row];
    }

    /** Adds the rows to a call's state, then takes back those that go. */
    void into(Aggregates aggregate, int call, int[] ids) {
      Selection counted = selected[call];
      int[] groups = new int[counted.count()];
      int[] places = new int[counted.count()];
      int come = 0;
      for (int i = 0; i < counted.count(); i++) {
        if (!goes(counted.rows()[i])) {
          groups[come] = ids[counted.rows()[i]];
          places[come++] = i;
        }
      }
      Optional<SourceOrder> order =
          aggregate.goesByOrder() ? order(counted, places, come) : Optional.empty();
      aggregate.add(groups, come, taken(call, places, come), order);
      if (come < counted.count() && aggregate instanceof Aggregates.Retractable retractable) {
        int go = 0;
        for (int i = 0; i < counted.count(); i++) {
          if (goes(counted.rows()[i])) {
            groups[go] = ids[counted.rows()[i]];
            places[go++] = i;
          }
        }
        retractable.remove(groups, go, taken(call, places, go));
      }
    }

    private Column[] taken(int call, int[] places, int count) {
      if (count == selected[call].count()) {
        return arguments[call];
      }
      Column[] taken = new Column[arguments[call].length];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = arguments[call][i].gather(places, count);
      }
      return taken;
    }

    private Optional<SourceOrder> order(Selection counted, int[] places, int count) {
      if (count == rows.size()) {
        return SourceOrder.of(rows);
      }
      int[] own = new int[count];
      for (int i = 0; i < count; i++) {
        own[i] = counted.rows()[places[i]];
      }
      return SourceOrder.of(rows).map(all -> all.gather(own, count));
    }
  }
}
