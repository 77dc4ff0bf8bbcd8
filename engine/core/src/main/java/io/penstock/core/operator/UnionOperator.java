package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings the rows of several inputs to one schema, by name. */
final class UnionOperator implements Operator {
  private final List<Schema> inputs;
  private final Schema schema;
  private final StepCounters counters;
  private @Nullable Batch waiting;

  UnionOperator(StepContext context) {
    this.inputs = context.inputs();
    this.schema = context.node().schema();
    this.counters = context.counters();
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = inputs.get(input).equals(schema) ? rows : brought(rows);
  }

  private Batch brought(Batch rows) {
    Map<String, Column> set = new HashMap<>();
    for (Field field : schema.fields()) {
      rows.schema()
          .field(field.name())
          .filter(own -> !own.type().type().equals(field.type().type()))
          .ifPresent(
              own -> {
                Column column = rows.column(rows.schema().indexOf(field.name()));
                set.put(
                    field.name(), Widening.widen(column, own.type().type(), field.type().type()));
              });
    }
    return rows.with(schema, Assembly.assemble(schema, rows, set, Set.of()));
  }

  @Override
  public boolean drain(Out out) {
    if (waiting != null) {
      counters.out(0, waiting.size());
      out.rows(0, waiting);
      waiting = null;
    }
    return false;
  }
}
