package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Evaluates one expression on closures, later on compiled loops. Single-threaded. */
final class SwitchingEvaluator implements Evaluator {
  private final Evaluator closures;
  private final EvaluationContext run;
  private final Function<Boolean, LoopUnit> units;
  private final CompiledExecution owner;
  private @Nullable Switch values;
  private @Nullable Switch selections;

  SwitchingEvaluator(
      Expression expression,
      EvaluationContext run,
      Function<Boolean, LoopUnit> units,
      CompiledExecution owner) {
    this.closures = Evaluators.of(expression, run);
    this.run = run;
    this.units = units;
    this.owner = owner;
  }

  private Switch made(boolean selects) {
    return new Switch(units.apply(selects), List.of(closures), run, owner);
  }

  @Override
  public Column evaluate(Batch rows, Selection selected, RowErrors errors) {
    Switch now = values;
    if (now == null) {
      now = made(false);
      values = now;
    }
    LoopRun loops = now.loops(selected.count());
    if (loops != null) {
      try {
        return loops.evaluate(rows, selected, errors)[0];
      } catch (RuntimeException mistake) {
        now.giveUp(mistake);
      }
    }
    Column column = closures.evaluate(rows, selected, errors);
    now.closuresDone();
    return column;
  }

  @Override
  public Selection select(Batch rows, Selection selected, RowErrors errors) {
    Switch now = selections;
    if (now == null) {
      now = made(true);
      selections = now;
    }
    LoopRun loops = now.loops(selected.count());
    if (loops != null) {
      try {
        return loops.select(rows, selected, errors);
      } catch (RuntimeException mistake) {
        now.giveUp(mistake);
      }
    }
    Selection kept = closures.select(rows, selected, errors);
    now.closuresDone();
    return kept;
  }
}
