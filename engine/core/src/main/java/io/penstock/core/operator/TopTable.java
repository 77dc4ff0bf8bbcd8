package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a top in memory, and the groups they belong to. Rows that can no longer be among the
 * first are dropped from time to time.
 */
final class TopTable implements StepStore.Table {
  private static final int LEAST_HELD = 1 << 16;

  private final Operation.Top top;
  private final List<Evaluator> by;
  private final List<DataType> types = new ArrayList<>();
  private final StepCounters counters;
  private final HeldRows held;
  private final AllRows all = new AllRows();
  private KeyIndex groups;
  private long before;
  private int cutAt = LEAST_HELD;

  TopTable(Input input) {
    this.top = input.top();
    this.by = input.by();
    for (NamedExpression key : top.by()) {
      types.add(key.expression().type().type());
    }
    this.groups = new KeyIndex(types);
    this.counters = input.rows().context().counters();
    this.held = new HeldRows(input.rows());
  }

  /**
   * What all tables of one task have in common.
   *
   * @param by computes the group of a row
   * @param rows the order
   */
  record Input(Operation.Top top, List<Evaluator> by, HeldRows.Input rows) {
    Input {
      by = List.copyOf(by);
    }

    static Input of(Operation.Top top, StepContext context) {
      return new Input(top, context.named(top.by()), HeldRows.Input.of(top.orderBy(), context));
    }
  }

  /** The rows that are first, in order, with their ranks. */
  record First(Batch rows, int[] ranks) {}

  /** Takes rows; those that have no group or no place in the order fail. */
  void add(Batch rows, FailurePolicy failures, Operator.Out out) {
    RowErrors errors = new RowErrors();
    for (Evaluator key : by) {
      key.evaluate(rows, all.of(rows.size()), errors);
    }
    failures.rows(rows, errors, out);
    held.add(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
    if (held.size() >= cutAt) {
      cut().ifPresent(first -> held.add(first.rows(), NOWHERE));
      cutAt = Math.max(LEAST_HELD, held.size() * 4);
    }
  }

  /** Takes out the first rows of each group, groups in the order in which they were met. */
  Optional<First> cut() {
    return held.take().map(rows -> first(rows, numbers(rows.rows())));
  }

  private First first(HeldRows.Ordered rows, int[] numbers) {
    int size = rows.rows().size();
    int[] order = order(rows, numbers);
    int[] kept = new int[size];
    int[] ranks = new int[size];
    int count = 0;
    RowOrder byKeys = new RowOrder(rows.keys());
    Ranks ranking = new Ranks(top);
    for (int i = 0; i < size; i++) {
      boolean first = i == 0 || numbers[order[i]] != numbers[order[i - 1]];
      if (first) {
        ranking.begin();
      }
      if (ranking.isAmong(!first && byKeys.compare(order[i - 1], order[i]) == 0)) {
        ranks[count] = ranking.rank();
        kept[count++] = order[i];
      }
    }
    counters.filtered(size - count);
    return new First(rows.rows().gather(kept, count), ranks);
  }

  private int[] numbers(Batch rows) {
    int[] numbers = new int[rows.size()];
    if (!by.isEmpty()) {
      Column[] keys = new Column[by.size()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = by.get(i).evaluate(rows, all.of(rows.size()), new RowErrors());
      }
      groups.number(keys, rows.size(), numbers);
    }
    return numbers;
  }

  private static int[] order(HeldRows.Ordered rows, int[] numbers) {
    long[] own = new long[numbers.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = numbers[i];
    }
    List<RowOrder.Key> keys = new ArrayList<>();
    keys.add(new RowOrder.Key(DataType.INT, new Column.Longs(own.length, own, null), false, false));
    keys.addAll(rows.keys());
    keys.addAll(rows.fields());
    return new RowOrder(keys).sorted(numbers.length);
  }

  @Override
  public boolean isEmpty() {
    return held.size() == 0;
  }

  @Override
  public long bytes() {
    return held.bytes() + groups.bytes();
  }

  @Override
  public boolean isNearlyFull() {
    return held.isNearlyFull() || groups.isNearlyFull();
  }

  @Override
  public Entries sorted() {
    // What need not be held need not be written.
    cut().ifPresent(first -> held.add(first.rows(), NOWHERE));
    HeldRows.Ordered rows = held.ordered().orElseThrow();
    int[] numbers = numbers(rows.rows());
    int[] places = new int[Math.max(1, groups.size())];
    if (!by.isEmpty()) {
      int[] order = KeyOrder.of(groups);
      for (int i = 0; i < order.length; i++) {
        places[order[i]] = i;
      }
    }
    int[] placed = new int[numbers.length];
    for (int i = 0; i < placed.length; i++) {
      placed[i] = places[numbers[i]];
    }
    return new SortedTop(rows, order(rows, placed), numbers, groups, before);
  }

  @Override
  public void clear() {
    before = met();
    held.clear();
    groups = new KeyIndex(types);
    cutAt = LEAST_HELD;
  }

  @Override
  public Entries joined(Entries sorted) {
    return new JoinedTop(sorted, top, counters);
  }

  @Override
  public long met() {
    return before + Math.max(1, groups.size());
  }

  @Override
  public void goOn(long met) {
    before = met;
  }

  /** Rows that were ordered once do not fail the second time. */
  private static final Operator.Out NOWHERE =
      new Operator.Out() {
        @Override
        public void rows(int output, Batch rows) {
          throw new IllegalStateException("a row failed that had not before");
        }

        @Override
        public void deadLetters(Batch letters) {
          throw new IllegalStateException("a row failed that had not before");
        }
      };
}
