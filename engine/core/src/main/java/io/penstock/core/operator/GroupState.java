package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The groups of an aggregate so far. Workers make one for each block; they are merged in the order
 * of the blocks, so that groups and results do not depend on how many workers there are.
 */
public final class GroupState {
  /** What a task needs to fill states: the evaluators. */
  static final class Input {
    private final List<Evaluator> by;
    private final List<AggregateCall> calls;
    private final List<Optional<Evaluator>> where;
    private final List<List<Evaluator>> arguments;
    private final List<DataType> types;
    private final AllRows all = new AllRows();

    Input(Operation.Aggregate aggregate, StepContext context) {
      by = context.named(aggregate.by());
      calls = calls(aggregate);
      where = new ArrayList<>();
      arguments = new ArrayList<>();
      for (AggregateCall call : calls) {
        where.add(call.where().map(context::evaluator));
        arguments.add(context.evaluators(call.arguments()));
      }
      types = new ArrayList<>();
      for (NamedExpression key : aggregate.by()) {
        types.add(key.expression().type().type());
      }
    }

    private static List<AggregateCall> calls(Operation.Aggregate aggregate) {
      List<AggregateCall> calls = new ArrayList<>();
      for (AggregateExpression expression : aggregate.compute()) {
        calls.addAll(expression.calls());
      }
      return calls;
    }

    GroupState state() {
      return new GroupState(this);
    }
  }

  private final Input input;
  private final KeyIndex keys;
  private final Aggregates[] aggregates;
  private int[] groups = new int[64];
  private int size;

  private GroupState(Input input) {
    this.input = input;
    this.keys = new KeyIndex(input.types);
    this.aggregates = new Aggregates[input.calls.size()];
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i] = input.calls.get(i).factory().create();
    }
    // Without keys there is one group, even of no rows.
    this.size = input.by.isEmpty() ? 1 : 0;
  }

  int size() {
    return size;
  }

  /** About how many bytes of memory it takes; what aggregates hold beside numbers is not known. */
  long bytes() {
    return keys.bytes() + 48L * aggregates.length * size;
  }

  /** Adds rows; those for which an expression fails are reported and left out. */
  void add(Batch rows, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Selection every = input.all.of(rows.size());
    Column[] key = new Column[input.by.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = input.by.get(i).evaluate(rows, every, errors);
    }
    Selection[] selected = new Selection[aggregates.length];
    Column[][] arguments = new Column[aggregates.length][];
    for (int i = 0; i < aggregates.length; i++) {
      Optional<Evaluator> where = input.where.get(i);
      selected[i] = where.isPresent() ? where.get().select(rows, every, errors) : every;
      List<Evaluator> of = input.arguments.get(i);
      arguments[i] = new Column[of.size()];
      for (int k = 0; k < arguments[i].length; k++) {
        arguments[i][k] = of.get(k).evaluate(rows, selected[i], errors);
      }
    }
    if (!errors.isEmpty()) {
      Batch good = Traced.of(rows).without(errors, failed).rows();
      add(good, failed);
      return;
    }
    number(key, rows.size());
    for (int i = 0; i < aggregates.length; i++) {
      add(aggregates[i], rows, selected[i], arguments[i]);
    }
  }

  private void add(Aggregates aggregate, Batch rows, Selection selected, Column[] arguments) {
    if (selected.count() == rows.size()) {
      aggregate.add(groups, rows.size(), arguments, rows.times());
      return;
    }
    int[] own = new int[selected.count()];
    for (int i = 0; i < own.length; i++) {
      own[i] = groups[selected.rows()[i]];
    }
    Optional<Column.Longs> times =
        rows.times().map(t -> (Column.Longs) t.gather(selected.rows(), selected.count()));
    aggregate.add(own, own.length, arguments, times);
  }

  private void number(Column[] key, int count) {
    if (groups.length < count) {
      groups = new int[Math.max(count, groups.length * 2)];
    }
    if (key.length == 0) {
      java.util.Arrays.fill(groups, 0, count, 0);
      return;
    }
    keys.number(key, count, groups);
    size = keys.size();
  }

  /** Takes over a state whose rows come after these; the other is used up. */
  void merge(GroupState other) {
    int count = other.size;
    number(other.keys(), count);
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i].merge(other.aggregates[i], groups, count);
    }
  }

  /** The keys of the groups in order of their first row. */
  Column[] keys() {
    return input.by.isEmpty() ? new Column[0] : keys.keys();
  }

  /** The results of a call for all groups. */
  Column results(int call) {
    return aggregates[call].results(size);
  }

  /** How many calls there are. */
  int calls() {
    return aggregates.length;
  }
}
