package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.script.ScriptLimits;
import io.penstock.core.expression.script.ScriptProgram;
import io.penstock.core.expression.script.ScriptRun;
import io.penstock.core.logical.RunScript;
import java.util.ArrayList;
import java.util.List;

/** Runs a script for each row. */
final class ScriptStep implements RowStep {
  private final List<Evaluator> reads;
  private final Schema schema;
  private final ScriptRun script;
  private final AllRows all = new AllRows();

  ScriptStep(RunScript operation, Schema schema, StepContext context) {
    this.reads = context.named(operation.reads());
    this.schema = schema;
    RunScript.Budget budget = operation.budget();
    this.script =
        new ScriptRun(
            program(operation),
            operation.reads(),
            operation.functions(),
            schema,
            new ScriptLimits(
                budget.steps(),
                budget.size().bytes(),
                budget.rows(),
                budget.time(),
                context.clock()),
            context::evaluator);
  }

  private static ScriptProgram program(RunScript operation) {
    Problems problems = new Problems();
    return ScriptProgram.read(operation.code(), problems)
        .orElseThrow(() -> new IllegalStateException(problems.inFileOrder().toString()));
  }

  @Override
  public boolean expands() {
    return true;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    List<Column> values = new ArrayList<>();
    for (Evaluator read : reads) {
      values.add(read.evaluate(in.rows(), all.of(in.size()), errors));
    }
    script.begin(in.rows(), values);
    MadeRows made = new MadeRows(in.size());
    for (int row = 0; row < in.size(); row++) {
      if (errors.of(row).isEmpty()) {
        int before = script.count();
        int index = row;
        script.row(row).ifPresent(error -> errors.add(index, error));
        made.add(row, script.count() - before);
      }
    }
    errors.all().forEach((row, error) -> failed.add(in.origin(row), error));
    Batch none = in.rows().with(Schema.of(List.of()), new Column[0]);
    Traced repeated = made.repeat(in.with(none));
    Batch rows = repeated.rows();
    return repeated.with(
        new Batch(schema, rows.size(), script.take(), rows.provenance(), rows.marks()));
  }
}
