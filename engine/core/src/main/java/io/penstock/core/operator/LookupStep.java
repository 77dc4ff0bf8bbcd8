package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Adds fields of a table's row with the same key; a null never finds one. */
final class LookupStep implements RowStep {
  private final Operation.Lookup lookup;
  private final List<Evaluator> on;
  private final Supplier<LookupTable> tables;
  private final Schema schema;
  private final Origin origin;
  private final AllRows all = new AllRows();
  private int[] ids = new int[64];
  private LookupTable table;
  private KeyIndex index;

  /**
   * A step.
   *
   * @param tables gives the table as the batch at hand is to see it
   */
  LookupStep(
      Operation.Lookup lookup,
      List<Evaluator> on,
      Supplier<LookupTable> tables,
      Schema schema,
      Origin origin) {
    this.lookup = lookup;
    this.on = on;
    this.tables = tables;
    this.table = tables.get();
    this.index = table.reader();
    this.schema = schema;
    this.origin = origin;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column[] keys = new Column[on.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = on.get(i).evaluate(in.rows(), all.of(in.size()), errors);
    }
    if (!errors.isEmpty()) {
      return apply(in.without(errors, failed), failed);
    }
    LookupTable now = tables.get();
    if (now != table) {
      table = now;
      index = now.reader();
    }
    find(keys, in.size());
    return switch (lookup.missing()) {
      case KEEP -> taken(in, ids);
      case DROP -> found(in);
      case FAIL -> {
        missing(in, failed);
        yield found(in);
      }
    };
  }

  private void find(Column[] keys, int count) {
    if (ids.length < count) {
      ids = new int[Math.max(count, ids.length * 2)];
    }
    index.find(keys, count, ids);
    for (Column key : keys) {
      if (key.validity() != null) {
        for (int row = 0; row < count; row++) {
          ids[row] = key.isNull(row) ? -1 : ids[row];
        }
      }
    }
  }

  private void missing(Traced in, RowErrors failed) {
    for (int row = 0; row < in.size(); row++) {
      if (ids[row] < 0) {
        Map<String, String> values = new HashMap<>();
        for (var key : lookup.on()) {
          values.putAll(ReadValues.of(key, in.rows(), row));
        }
        failed.add(
            in.origin(row),
            new RowError(
                ProblemCode.D221,
                origin,
                "the table `" + lookup.table() + "` has no row with this key",
                values));
      }
    }
  }

  private Traced found(Traced in) {
    int[] rows = new int[in.size()];
    int[] partners = new int[in.size()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (ids[row] >= 0) {
        partners[count] = ids[row];
        rows[count++] = row;
      }
    }
    return taken(count == rows.length ? in : in.gather(rows, count), partners);
  }

  private Traced taken(Traced in, int[] partners) {
    Batch rows = in.rows();
    Map<String, Column> set = new HashMap<>();
    for (Operation.Lookup.Taken taken : lookup.take()) {
      set.put(
          taken.name(),
          Columns.gatherOrNull(
              table.column(taken.from()), table.type(taken.from()), partners, rows.size()));
    }
    return in.with(rows.with(schema, Assembly.assemble(schema, rows, set, Set.of())));
  }
}
