package io.penstock.core.compile;

import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loops of a unit in one task, from the batch on before which its class was made. Gives them up
 * where they throw, which is a mistake of ours, or leave most rows. Single-threaded.
 */
final class Switch {
  private final LoopUnit unit;
  private final List<Evaluator> closures;
  private final EvaluationContext run;
  private final CompiledExecution owner;
  private @Nullable LoopRun loops;
  private boolean givenUp;
  private int rows;
  private long since;

  Switch(LoopUnit unit, List<Evaluator> closures, EvaluationContext run, CompiledExecution owner) {
    this.unit = unit;
    this.closures = closures;
    this.run = run;
    this.owner = owner;
  }

  /** The loops for the batch at hand; empty while it is for closures. */
  @Nullable LoopRun loops(int wanted) {
    LoopRun ready = loops;
    if (ready != null) {
      return ready.isUseful() ? ready : null;
    }
    if (givenUp) {
      return null;
    }
    Optional<MadeLoops> made = unit.made();
    if (made.isEmpty()) {
      rows = wanted;
      since = owner.nanos();
      return null;
    }
    LoopRun begun = new LoopRun(made.get(), closures, run);
    loops = begun;
    return begun;
  }

  /** Closures have done the batch at hand. */
  void closuresDone() {
    if (loops == null && !givenUp) {
      owner.count(unit, rows, owner.nanos() - since);
    }
  }

  /** From now on the closures do it. */
  void giveUp(RuntimeException mistake) {
    owner.broke(unit, mistake);
    loops = null;
    givenUp = true;
  }
}
