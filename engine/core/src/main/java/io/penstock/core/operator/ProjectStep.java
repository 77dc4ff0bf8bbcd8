package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Projection;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Makes rows of other fields. */
final class ProjectStep implements RowStep {
  private final Projection fields;
  private final Optional<Set<String>> rest;
  private final Schema schema;
  private final AllRows all = new AllRows();

  ProjectStep(Projection fields, Optional<Set<String>> rest, Schema schema) {
    this.fields = fields;
    this.rest = rest;
    this.schema = schema;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Batch rows = in.rows();
    Selection every = all.of(rows.size());
    Column[] columns = Arrays.copyOf(fields.evaluate(rows, every, errors), schema.columns());
    if (schema.open()) {
      columns[schema.rest()] = Assembly.without(rows, rest.orElse(Set.of()));
    }
    return in.with(rows.with(schema, columns)).without(errors, failed);
  }
}
