package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Projection;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.List;

/** Computes the expressions of a step on closures, later on compiled loops. Single-threaded. */
final class SwitchingProjection implements Projection {
  private final List<Evaluator> closures;
  private final Switch loops;

  SwitchingProjection(
      List<Evaluator> closures, EvaluationContext run, LoopUnit unit, CompiledExecution owner) {
    this.closures = List.copyOf(closures);
    this.loops = new Switch(unit, this.closures, run, owner);
  }

  @Override
  public Column[] evaluate(Batch rows, Selection selected, RowErrors errors) {
    LoopRun ready = loops.loops(selected.count());
    if (ready != null) {
      try {
        return ready.evaluate(rows, selected, errors);
      } catch (RuntimeException mistake) {
        loops.giveUp(mistake);
      }
    }
    Column[] columns = new Column[closures.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = closures.get(i).evaluate(rows, selected, errors);
    }
    loops.closuresDone();
    return columns;
  }
}
