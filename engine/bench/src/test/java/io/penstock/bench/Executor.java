package io.penstock.bench;

import io.penstock.core.compile.ClassMaker;
import io.penstock.core.compile.CompiledExecution;
import io.penstock.core.compile.Enough;
import io.penstock.core.compile.LoopUnit;
import io.penstock.core.compile.SourceRefused;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Execution;
import io.penstock.core.system.SystemClock;

/** What executes expressions: closures, or loops compiled before the first row. */
public enum Executor {
  CLOSURES,
  COMPILED;

  Execution execution() {
    return switch (this) {
      case CLOSURES -> Evaluators.closures();
      case COMPILED -> new CompiledExecution(new Enough(-1, 0, new SystemClock()), new AtOnce());
    };
  }

  /** Compiles in the thread that asks; a benchmark that falls back to closures is void. */
  private static final class AtOnce implements CompiledExecution.Compiler {
    @Override
    public void wanted(LoopUnit unit) {
      try {
        unit.make(new ClassMaker(Executor.class.getClassLoader()));
      } catch (SourceRefused refused) {
        throw new AssertionError(unit.source(), refused);
      }
    }

    @Override
    public void broke(LoopUnit unit, RuntimeException mistake) {
      throw new AssertionError(unit.source(), mistake);
    }
  }
}
