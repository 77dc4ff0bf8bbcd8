package io.penstock.core.operator;

import io.penstock.api.code.RowCode;
import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Problems;
import io.penstock.core.compile.RowCodeMaker;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.script.CodeRun;
import io.penstock.core.logical.RunJava;

/** Runs Java code for each row. */
final class JavaStep implements RowStep {
  private final Schema schema;
  private final CodeRun code;

  JavaStep(RunJava operation, Schema schema, StepContext context) {
    this.schema = schema;
    Problems problems = new Problems();
    RowCode made =
        RowCodeMaker.make(operation.code(), problems)
            .orElseThrow(() -> new IllegalStateException(problems.inFileOrder().toString()));
    this.code =
        new CodeRun(made, operation.code(), RowCodeMaker.LINES_ABOVE, schema, context.clock());
  }

  @Override
  public boolean expands() {
    return true;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    MadeRows made = new MadeRows(in.size());
    for (int row = 0; row < in.size(); row++) {
      int before = code.count();
      int origin = in.origin(row);
      code.row(in.rows(), row).ifPresent(error -> failed.add(origin, error));
      made.add(row, code.count() - before);
    }
    Batch none = in.rows().with(Schema.of(), new Column[0]);
    Traced repeated = made.repeat(in.with(none));
    Batch rows = repeated.rows();
    return repeated.with(
        new Batch(schema, rows.size(), code.take(), rows.provenance(), rows.marks()));
  }
}
