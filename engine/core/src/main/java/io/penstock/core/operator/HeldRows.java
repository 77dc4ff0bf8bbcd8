package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows held with the columns to order them by. */
final class HeldRows {
  private static final long MOST_BYTES = 1 << 30;

  private final Schema schema;
  private final LogicalNode node;
  private final List<Operation.OrderBy> orderBy;
  private final List<Evaluator> values;
  private final FailurePolicy failures;
  private final AllRows all = new AllRows();
  private final List<Batch> batches = new ArrayList<>();
  private final List<Column[]> keys = new ArrayList<>();
  private long bytes;
  private int size;

  HeldRows(Input input) {
    this.schema = input.context().inputs().get(0);
    this.node = input.context().node();
    this.orderBy = input.orderBy();
    this.values = input.values();
    this.failures = input.context().failures();
  }

  /**
   * What rows are ordered by, for all that one task holds.
   *
   * @param values computes each key of the order
   */
  record Input(List<Operation.OrderBy> orderBy, List<Evaluator> values, StepContext context) {
    Input {
      orderBy = List.copyOf(orderBy);
      values = List.copyOf(values);
    }

    /** An order over the rows of a step's only input. */
    static Input of(List<Operation.OrderBy> orderBy, StepContext context) {
      return new Input(
          orderBy,
          context.evaluators(orderBy.stream().map(Operation.OrderBy::value).toList()),
          context);
    }
  }

  int size() {
    return size;
  }

  /** About how many bytes of memory they take; putting them in order takes a second copy. */
  long bytes() {
    return 2 * bytes;
  }

  /** Whether few more fit, however much memory there is. */
  boolean isNearlyFull() {
    return bytes > MOST_BYTES;
  }

  /** Adds rows; those without a place in the order fail and are left out. */
  void add(Batch rows, Operator.Out out) {
    RowErrors errors = new RowErrors();
    Column[] key = new Column[values.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = values.get(i).evaluate(rows, all.of(rows.size()), errors).packed();
    }
    if (!errors.isEmpty()) {
      failures.rows(rows, errors, out);
      add(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
      return;
    }
    if (rows.size() > 0) {
      batches.add(rows.packed());
      keys.add(key);
      size = Math.addExact(size, rows.size());
      bytes += Columns.bytes(rows);
      for (Column column : key) {
        bytes += Columns.bytes(column);
      }
    }
  }

  /** All rows as one batch, beyond the usual size, with their order; they are held no longer. */
  Optional<Ordered> take() {
    Optional<Ordered> taken = ordered();
    clear();
    return taken;
  }

  void clear() {
    batches.clear();
    keys.clear();
    size = 0;
    bytes = 0;
  }

  /** All rows as one batch, beyond the usual size, with their order; they stay. */
  Optional<Ordered> ordered() {
    if (batches.isEmpty()) {
      return Optional.empty();
    }
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      columns[i] = Columns.concat(batches.stream().map(b -> b.column(column)).toList());
    }
    Column[] order = new Column[orderBy.size()];
    for (int i = 0; i < order.length; i++) {
      int column = i;
      order[i] = Columns.concat(keys.stream().map(k -> k[column]).toList());
    }
    Provenance none = Provenance.none(node.step());
    Batch rows = new Batch(schema, size, columns, none, Rows.marks(batches).withoutStamps());
    return Optional.of(new Ordered(rows, orderKeys(order)));
  }

  private List<RowOrder.Key> orderKeys(Column[] order) {
    List<RowOrder.Key> result = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      Operation.OrderBy by = orderBy.get(i);
      result.add(
          new RowOrder.Key(by.value().type().type(), order[i], by.descending(), by.nullsFirst()));
    }
    return result;
  }

  /** Rows with the columns to order them by. */
  record Ordered(Batch rows, List<RowOrder.Key> keys) {
    /** The order by the keys, remaining ties by all fields. */
    RowOrder total() {
      List<RowOrder.Key> all = new ArrayList<>(keys);
      all.addAll(fields());
      return new RowOrder(all);
    }

    /** All fields as columns to order by. */
    List<RowOrder.Key> fields() {
      List<RowOrder.Key> all = new ArrayList<>();
      for (int i = 0; i < rows.schema().columns(); i++) {
        all.add(new RowOrder.Key(rows.schema().column(i).type(), rows.column(i), false, false));
      }
      return all;
    }

    Batch gather(int[] order, int from, int to) {
      int[] indexes = Arrays.copyOfRange(order, from, to);
      return rows.gather(indexes, indexes.length);
    }
  }
}
