package io.penstock.core.compile;

import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Execution;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executes expressions on closures first, on compiled loops once these are made. Holds the classes
 * of a run; when it goes, they go. Thread-safe.
 */
public final class CompiledExecution implements Execution {
  /** Makes the classes. Called by any task. */
  public interface Compiler {
    /** The class of a unit is wanted; said once. It may be made at once, or later, or never. */
    void wanted(LoopUnit unit);

    /** The loops of a unit threw; their task goes on on closures. */
    void broke(LoopUnit unit, RuntimeException mistake);
  }

  private final Enough enough;
  private final Compiler compiler;
  private final Map<Key, LoopUnit> units = new ConcurrentHashMap<>();

  /**
   * An execution for one run.
   *
   * @param enough when the class of a unit is wanted
   */
  public CompiledExecution(Enough enough, Compiler compiler) {
    this.enough = enough;
    this.compiler = compiler;
  }

  @Override
  public Evaluator evaluator(Expression expression, EvaluationContext run) {
    return new SwitchingEvaluator(
        expression, run, selects -> unit(List.of(expression), selects), this);
  }

  @Override
  public Projection projection(List<Expression> expressions, EvaluationContext run) {
    List<Evaluator> closures = new ArrayList<>();
    expressions.forEach(expression -> closures.add(Evaluators.of(expression, run)));
    return new SwitchingProjection(closures, run, unit(expressions, false), this);
  }

  private LoopUnit unit(List<Expression> expressions, boolean selects) {
    Key key = new Key(List.copyOf(expressions), selects);
    return units.computeIfAbsent(key, this::begun);
  }

  /** Where no rows are waited for, the others wait for the class, so that none runs without it. */
  private LoopUnit begun(Key key) {
    LoopUnit unit = new LoopUnit(key.expressions, key.selects);
    if (enough.atOnce()) {
      count(unit, 0, 0);
    }
    return unit;
  }

  long nanos() {
    return enough.clock().nanos();
  }

  /** Closures have done so many rows in so long. */
  void count(LoopUnit unit, int rows, long nanos) {
    if (unit.count(rows, nanos, enough) && unit.isWorthIt()) {
      compiler.wanted(unit);
    }
  }

  void broke(LoopUnit unit, RuntimeException mistake) {
    compiler.broke(unit, mistake);
  }

  /** Expressions by identity: trees may hold values that change, such as arrays. */
  private static final class Key {
    private final List<Expression> expressions;
    private final boolean selects;

    Key(List<Expression> expressions, boolean selects) {
      this.expressions = expressions;
      this.selects = selects;
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Key that)
          || selects != that.selects
          || expressions.size() != that.expressions.size()) {
        return false;
      }
      for (int i = 0; i < expressions.size(); i++) {
        if (expressions.get(i) != that.expressions.get(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = Boolean.hashCode(selects);
      for (Expression expression : expressions) {
        hash = 31 * hash + System.identityHashCode(expression);
      }
      return hash;
    }
  }
}
