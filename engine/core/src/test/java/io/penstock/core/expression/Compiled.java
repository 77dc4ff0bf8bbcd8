package io.penstock.core.expression;

import io.penstock.core.compile.ClassMaker;
import io.penstock.core.compile.CompiledExecution;
import io.penstock.core.compile.Enough;
import io.penstock.core.compile.LoopUnit;
import io.penstock.core.compile.SourceRefused;
import io.penstock.testkit.ManualClock;

/** Executes everything on compiled loops from the first row on; what goes wrong is an error. */
public final class Compiled {
  private Compiled() {}

  /** An execution that makes each class at its first batch. */
  public static Execution execution() {
    ClassMaker maker = new ClassMaker(Compiled.class.getClassLoader());
    return new CompiledExecution(
        new Enough(-1, 0, new ManualClock(0)),
        new CompiledExecution.Compiler() {
          @Override
          public void wanted(LoopUnit unit) {
            try {
              unit.make(maker);
            } catch (SourceRefused refused) {
              throw new AssertionError(unit + "\n" + unit.source(), refused);
            }
          }

          @Override
          public void broke(LoopUnit unit, RuntimeException mistake) {
            throw new AssertionError(unit + "\n" + unit.source(), mistake);
          }
        });
  }
}
