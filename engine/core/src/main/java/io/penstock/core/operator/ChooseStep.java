package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends each row through the first branch that takes it, and puts the results in order again. */
final class ChooseStep implements RowStep {
  /** A branch; what it does ends in the schema of the result. */
  record Branch(Optional<Evaluator> when, RowStep does) {}

  private final List<Branch> branches;
  private final Schema schema;

  ChooseStep(List<Branch> branches, Schema schema) {
    this.branches = List.copyOf(branches);
    this.schema = schema;
  }

  @Override
  public boolean expands() {
    return branches.stream().anyMatch(branch -> branch.does().expands());
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    List<Traced> results = new ArrayList<>();
    Selection left = Selection.all(in.size());
    for (Branch branch : branches) {
      Selection taken = left;
      if (branch.when().isPresent()) {
        taken = branch.when().get().select(in.rows(), left, errors);
      }
      left = others(left, taken, errors);
      if (taken.count() > 0) {
        int[] rows = java.util.Arrays.copyOf(taken.rows(), taken.count());
        Traced part = new Traced(in.rows().gather(rows, rows.length), rows);
        results.add(branch.does().apply(part, errors));
      }
    }
    errors.all().forEach((row, error) -> failed.add(in.origin(row), error));
    return merged(in, results);
  }

  private static Selection others(Selection left, Selection taken, RowErrors errors) {
    int[] rows = new int[left.count()];
    int count = 0;
    int next = 0;
    for (int i = 0; i < left.count(); i++) {
      int row = left.rows()[i];
      if (next < taken.count() && taken.rows()[next] == row) {
        next++;
      } else if (errors.of(row).isEmpty()) {
        rows[count++] = row;
      }
    }
    return new Selection(rows, count);
  }

  private Traced merged(Traced in, List<Traced> results) {
    if (results.isEmpty()) {
      Batch none = in.rows().gather(new int[0], 0);
      Column[] columns = new Column[schema.columns()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Columns.nulls(schema.column(i).type(), 0);
      }
      return new Traced(none.with(schema, columns), new int[0]);
    }
    if (results.size() == 1) {
      Traced only = results.get(0);
      int[] origins = new int[only.size()];
      for (int i = 0; i < origins.length; i++) {
        origins[i] = in.origin(only.origin(i));
      }
      return new Traced(only.rows(), origins);
    }
    return interleaved(in, results);
  }

  private Traced interleaved(Traced in, List<Traced> results) {
    int size = results.stream().mapToInt(Traced::size).sum();
    int[] starts = new int[in.size() + 1];
    for (Traced result : results) {
      for (int i = 0; i < result.size(); i++) {
        starts[result.origin(i) + 1]++;
      }
    }
    for (int i = 0; i < in.size(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] order = new int[size];
    int[] origins = new int[size];
    int at = 0;
    for (Traced result : results) {
      for (int i = 0; i < result.size(); i++) {
        int place = starts[result.origin(i)]++;
        order[place] = at++;
        origins[place] = in.origin(result.origin(i));
      }
    }
    return new Traced(
        Rows.concat(schema, results.stream().map(Traced::rows).toList()).gather(order, size),
        origins);
  }
}
