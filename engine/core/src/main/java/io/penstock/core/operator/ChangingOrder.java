package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a task needs to order rows by groups and to show the first ones. */
final class ChangingOrder {
  private final StepContext context;
  private final Operation.Top top;
  private final boolean changing;
  private final Places places;
  private final List<Evaluator> by;
  private final List<DataType> types;
  private final Schema schema;
  private final AllRows all = new AllRows();

  /** Says what rows are ordered by. */
  private interface Places {
    List<RowOrder.Key> of(Batch rows, RowErrors errors);
  }

  private ChangingOrder(
      Operation.Top top, boolean changing, Optional<Places> places, StepContext context) {
    this.context = context;
    this.top = top;
    this.changing = changing;
    this.places = places.orElseGet(() -> byValues(top.orderBy(), context));
    this.by = context.named(top.by());
    this.types =
        top.by().stream().map(NamedExpression::expression).map(e -> e.type().type()).toList();
    this.schema = context.inputs().get(0);
  }

  static ChangingOrder of(Operation.Top top, StepContext context) {
    return new ChangingOrder(top, top.windowing().changing(), Optional.empty(), context);
  }

  /** One row of each key: the first or the last by time. */
  static ChangingOrder of(Deduplicate deduplicate, StepContext context) {
    Operation.Top one = new Operation.Top(1, deduplicate.by(), List.of(), false, Optional.empty());
    boolean latest = deduplicate.keep() == Deduplicate.Keep.LATEST;
    boolean changing = deduplicate.changing();
    return new ChangingOrder(
        one, changing, Optional.of((rows, errors) -> byTime(rows, latest, changing)), context);
  }

  private Places byValues(List<Operation.OrderBy> orderBy, StepContext of) {
    List<Evaluator> values = of.evaluators(orderBy.stream().map(Operation.OrderBy::value).toList());
    return (rows, errors) -> {
      List<RowOrder.Key> keys = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        Operation.OrderBy key = orderBy.get(i);
        Column column = values.get(i).evaluate(rows, all.of(rows.size()), errors);
        keys.add(
            new RowOrder.Key(
                key.value().type().type(), column, key.descending(), key.nullsFirst()));
      }
      return keys;
    };
  }

  /** By time, then by place in the source; a change that goes has not the place of the row. */
  private static List<RowOrder.Key> byTime(Batch rows, boolean latest, boolean changing) {
    List<RowOrder.Key> keys = new ArrayList<>();
    keys.add(new RowOrder.Key(DataType.TIMESTAMP, rows.times().orElseThrow(), latest, false));
    if (!changing) {
      Provenance from = rows.provenance();
      int size = rows.size();
      long[] positions = new long[size];
      long[] index = new long[size];
      for (int row = 0; row < size; row++) {
        positions[row] = from.position(row);
        index[row] = from.index(row);
      }
      keys.add(
          new RowOrder.Key(DataType.STRING, Columns.constant(from.source(), size), latest, false));
      keys.add(
          new RowOrder.Key(DataType.STRING, Columns.constant(from.split(), size), latest, false));
      keys.add(
          new RowOrder.Key(DataType.INT, new Column.Longs(size, positions, null), latest, false));
      keys.add(new RowOrder.Key(DataType.INT, new Column.Longs(size, index, null), latest, false));
    }
    return keys;
  }

  /**
   * Rows in groups.
   *
   * @param keys what they are ordered by
   * @param fields what they are ordered by where that is the same
   */
  record Ordered(Batch rows, Column[] groups, List<RowOrder.Key> keys, List<RowOrder.Key> fields) {}

  /** Rows that have a group and a place; others fail. */
  Ordered of(Batch rows, Operator.Out out) {
    RowErrors errors = new RowErrors();
    Column[] groups = new Column[by.size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = by.get(i).evaluate(rows, all.of(rows.size()), errors);
    }
    List<RowOrder.Key> keys = places.of(rows, errors);
    if (!errors.isEmpty()) {
      context.failures().rows(rows, errors, out);
      return of(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
    }
    return new Ordered(rows, groups, keys, new HeldRows.Ordered(rows, keys).fields());
  }

  StepContext context() {
    return context;
  }

  Operation.Top top() {
    return top;
  }

  /** Whether rows may be taken back, so that none may be forgotten. */
  boolean changing() {
    return changing;
  }

  /** Whether each place has one row, which another replaces. */
  boolean isByPlace() {
    return !top.withTies() && (top.rank().isPresent() || top.n() == 1);
  }

  /** The types of the groups' keys. */
  List<DataType> types() {
    return types;
  }

  ChangeRows changes() {
    return new ChangeRows(context.node().schema(), context.node().step());
  }

  /** Builders of the columns of rows that come in. */
  ColumnBuilder[] builders() {
    ColumnBuilder[] builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
    return builders;
  }

  /** A row with its rank, as it comes out. */
  Batch made(Column[] columns, int rank) {
    Batch row = Batch.of(schema, 1, columns, Provenance.none(context.node().step()));
    Map<String, Column> set =
        top.rank().isPresent()
            ? Assembly.one(top.rank().get(), Columns.constant((long) rank, 1))
            : Map.of();
    Schema out = context.node().schema();
    return row.with(out, Assembly.assemble(out, row, set, Set.of()));
  }
}
