package io.penstock.core.compile;

import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is compiled as one class: the expressions that a step computes together, or a condition.
 * Shared by the tasks of the step. Thread-safe: tasks count and read, one thread at a time makes.
 */
public final class LoopUnit {
  private final List<Expression> expressions;
  private final boolean selects;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile @Nullable MadeLoops made;

  LoopUnit(List<Expression> expressions, boolean selects) {
    this.expressions = List.copyOf(expressions);
    this.selects = selects;
  }

  /** Counts rows and the time for them; true once, when compiling pays. */
  boolean count(int more, long spent, Enough enough) {
    if (wanted.get()) {
      return false;
    }
    long allRows = rows.addAndGet(more);
    long allNanos = nanos.addAndGet(spent);
    return allRows > enough.rows()
        && allNanos >= enough.nanos()
        && wanted.compareAndSet(false, true);
  }

  /** Whether a loop would do more than copy columns and call closures. */
  boolean isWorthIt() {
    return expressions.stream().anyMatch(e -> LoopWriter.isWorthALoop(e.root()));
  }

  /** The class, when it is made. */
  Optional<MadeLoops> made() {
    return Optional.ofNullable(made);
  }

  /**
   * Makes the class, where there is anything that is worth a loop. What goes wrong is said with the
   * source; the closures stay.
   */
  public void make(ClassMaker maker) throws SourceRefused {
    made = MadeLoops.make(expressions, selects, maker).orElse(null);
  }

  /** The source of the class. */
  public String source() {
    return MadeLoops.source(expressions, selects);
  }

  /** The first expression, short enough for a message. */
  public String shown() {
    return Conversions.shown(expressions.get(0).toString().strip());
  }

  /** The expressions, as written. */
  @Override
  public String toString() {
    return String.join("; ", expressions.stream().map(Expression::toString).toList());
  }
}
