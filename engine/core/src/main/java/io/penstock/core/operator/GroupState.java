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
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.StateInput;
import java.io.IOException;
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

    /** The types of the keys. */
    List<DataType> types() {
      return types;
    }

    /** The types of the keys that do not follow from a key's bytes. */
    List<DataType> separateKeys() {
      return new KeyIndex(types).isPlain() ? List.of() : types;
    }

    /** The types of the results of the calls. */
    List<DataType> resultTypes() {
      return calls.stream().map(call -> call.type().type()).toList();
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
  private boolean changed;

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

  /** About how many bytes of memory it takes. */
  long bytes() {
    long sum = keys.bytes();
    for (Aggregates aggregate : aggregates) {
      sum += aggregate.bytes();
    }
    return sum;
  }

  /** Whether there is nothing that a later state would have to know. */
  boolean isEmpty() {
    return !changed;
  }

  /** Whether few more groups fit, however much memory there is. */
  boolean isNearlyFull() {
    return keys.isNearlyFull();
  }

  /** The index of the keys, empty where there is one group without a key. */
  KeyIndex index() {
    return keys;
  }

  /** What writes the groups of each call. */
  Aggregates.GroupWriter[] writers() {
    Aggregates.GroupWriter[] writers = new Aggregates.GroupWriter[aggregates.length];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = aggregates[i].writer();
    }
    return writers;
  }

  /** Takes over what was written of a group; the keys are not known here. */
  void read(int group, StateInput from) throws IOException {
    changed = true;
    size = Math.max(size, group + 1);
    for (Aggregates aggregate : aggregates) {
      aggregate.read(group, from);
    }
  }

  /** Says which group each row belongs to. */
  @FunctionalInterface
  interface Numbers {
    /**
     * Numbers rows.
     *
     * @param key the rows' keys
     * @param groups takes the number of each row's group
     */
    void number(Column[] key, Batch rows, int[] groups);
  }

  /** Adds rows; those for which an expression fails are reported and left out. */
  void add(Batch rows, RowErrors failed) {
    add(rows, failed, (key, good, into) -> number(key, good.size()));
  }

  /** Adds rows to groups that are numbered elsewhere. */
  void add(Batch rows, RowErrors failed, Numbers numbers) {
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
      add(good, failed, numbers);
      return;
    }
    changed |= rows.size() > 0;
    if (groups.length < rows.size()) {
      groups = new int[Math.max(rows.size(), groups.length * 2)];
    }
    numbers.number(key, rows, groups);
    for (int i = 0; i < aggregates.length; i++) {
      add(aggregates[i], rows, selected[i], arguments[i]);
    }
  }

  private void add(Aggregates aggregate, Batch rows, Selection selected, Column[] arguments) {
    Optional<SourceOrder> order = aggregate.goesByOrder() ? SourceOrder.of(rows) : Optional.empty();
    if (selected.count() == rows.size()) {
      aggregate.add(groups, rows.size(), arguments, order);
      return;
    }
    int[] own = new int[selected.count()];
    for (int i = 0; i < own.length; i++) {
      own[i] = groups[selected.rows()[i]];
    }
    Optional<SourceOrder> some = order.map(all -> all.gather(selected.rows(), selected.count()));
    aggregate.add(own, own.length, arguments, some);
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
    changed |= other.changed;
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
