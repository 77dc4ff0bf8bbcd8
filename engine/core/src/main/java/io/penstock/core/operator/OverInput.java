package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Over;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step {@code over} computes of each row before it looks at others. Used by one task. */
final class OverInput {
  /** What one call takes. */
  private record Call(List<Evaluator> arguments, Optional<Evaluator> where) {}

  private final List<Evaluator> by;
  private final List<DataType> types;
  private final List<Call> calls = new ArrayList<>();
  private final boolean mayFail;
  private final FailurePolicy failures;
  private final AllRows all = new AllRows();

  OverInput(Over over, StepContext context) {
    this.by = context.named(over.by());
    this.types = over.by().stream().map(key -> key.expression().type().type()).toList();
    this.mayFail = over.arguments().stream().anyMatch(Expression::fallible);
    this.failures = context.failures();
    for (OverCall call : over.calls()) {
      calls.add(
          new Call(context.evaluators(call.arguments()), call.where().map(context::evaluator)));
    }
  }

  /** The types of the keys; without {@code by} all rows have one key. */
  List<DataType> types() {
    return types.isEmpty() ? List.of(DataType.INT) : types;
  }

  /** The rows of which everything can be computed; others fail. */
  Batch admitted(Batch rows, Operator.Out out) {
    if (!mayFail) {
      return rows;
    }
    RowErrors errors = new RowErrors();
    Column[] unusedKeys = keys(rows, errors);
    OverPart.Taken[] unusedValues = taken(rows, errors);
    if (errors.isEmpty()) {
      return rows;
    }
    failures.rows(rows, errors, out);
    return admitted(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
  }

  /** The keys of rows that were admitted. */
  Column[] keys(Batch rows) {
    return keys(rows, new RowErrors());
  }

  private Column[] keys(Batch rows, RowErrors errors) {
    if (by.isEmpty()) {
      return new Column[] {Columns.repeated(0, rows.size())};
    }
    Column[] keys = new Column[by.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = by.get(i).evaluate(rows, all.of(rows.size()), errors);
    }
    return keys;
  }

  /** Rows that were admitted, with what the calls take of them. */
  OverPart part(Batch rows, long[] until, boolean @Nullable [] ties) {
    return new OverPart(rows, taken(rows, new RowErrors()), until, ties);
  }

  /** Rows that come back, with their numbers. */
  OverPart part(Batch rows, long[] numbers) {
    return part(rows, new long[0], null).numbered(numbers);
  }

  private OverPart.Taken[] taken(Batch rows, RowErrors errors) {
    OverPart.Taken[] taken = new OverPart.Taken[calls.size()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = taken(calls.get(i), rows, errors);
    }
    return taken;
  }

  private OverPart.Taken taken(Call call, Batch rows, RowErrors errors) {
    Selection every = all.of(rows.size());
    Selection selected =
        call.where().isPresent() ? call.where().get().select(rows, every, errors) : every;
    Column[] columns = new Column[call.arguments().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = call.arguments().get(i).evaluate(rows, selected, errors);
    }
    return new OverPart.Taken(
        columns, selected.count() == rows.size() ? null : places(selected, rows.size()));
  }

  private static int[] places(Selection selected, int size) {
    int[] places = new int[size];
    Arrays.fill(places, -1);
    for (int i = 0; i < selected.count(); i++) {
      places[selected.rows()[i]] = i;
    }
    return places;
  }
}
