package io.penstock.core.run;

import io.penstock.core.compile.ClassMaker;
import io.penstock.core.compile.CompiledExecution;
import io.penstock.core.compile.Enough;
import io.penstock.core.compile.LoopUnit;
import io.penstock.core.compile.SourceRefused;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Execution;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.RunRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the loops of a run: in the task that asks, before its first row, or one after the other
 * on a thread beside the tasks. Where that cannot be done, the closures stay and the run says so.
 * Thread-safe: tasks ask, at most one thread compiles.
 */
final class LoopCompiler implements CompiledExecution.Compiler {
  /** Fewer rows are over before the class is there. */
  private static final long LEAST_ROWS = 20_000;

  /** About what making a class costs until it is compiled again to machine code. */
  private static final long COST_NANOS = 700_000_000;

  private final RunRequest request;
  private final EmbeddedRun run;
  private final Object compiling = new Object();
  private final Queue<LoopUnit> waiting = new ArrayDeque<>();
  private boolean working;
  private final Supplier<ClassMaker> makers;
  private @Nullable ClassMaker maker;

  private LoopCompiler(RunRequest request, EmbeddedRun run, Supplier<ClassMaker> makers) {
    this.request = request;
    this.run = run;
    this.makers = makers;
  }

  /** What executes the expressions of a run as its request says. */
  static Execution execution(RunRequest request, EmbeddedRun run) {
    Supplier<ClassMaker> makers = () -> new ClassMaker(LoopCompiler.class.getClassLoader());
    return execution(request, run, makers, COST_NANOS);
  }

  /**
   * The same, with a maker that is made when a class is wanted for the first time.
   *
   * @param cost how long closures must have taken, in nanoseconds
   */
  static Execution execution(
      RunRequest request, EmbeddedRun run, Supplier<ClassMaker> makers, long cost) {
    LoopCompiler compiler = new LoopCompiler(request, run, makers);
    return switch (request.compile()) {
      case OFF -> Evaluators.closures();
      case EAGER -> new CompiledExecution(new Enough(-1, 0, request.clock()), compiler);
      case BACKGROUND ->
          new CompiledExecution(new Enough(LEAST_ROWS, cost, request.clock()), compiler);
    };
  }

  @Override
  public void wanted(LoopUnit unit) {
    if (request.compile() == CompileMode.EAGER) {
      make(unit);
      return;
    }
    synchronized (waiting) {
      waiting.add(unit);
      if (!working) {
        working = true;
        request.scheduler().start("penstock-compile", this::work);
      }
    }
  }

  private void work() {
    for (LoopUnit unit = next(); unit != null; unit = next()) {
      make(unit);
    }
  }

  private @Nullable LoopUnit next() {
    synchronized (waiting) {
      LoopUnit unit = run.isOver() ? null : waiting.poll();
      working = unit != null;
      return unit;
    }
  }

  private void make(LoopUnit unit) {
    synchronized (compiling) {
      try {
        ClassMaker made = maker == null ? makers.get() : maker;
        maker = made;
        unit.make(made);
      } catch (SourceRefused refused) {
        stays(unit, refused.text());
      } catch (RuntimeException | LinkageError | StackOverflowError mistake) {
        stays(unit, mistake.toString());
      } catch (OutOfMemoryError full) {
        staysFor(full, unit);
      }
    }
  }

  /** Nobody needs the class; who does the rows meets the same end, or has what he needs. */
  private void staysFor(OutOfMemoryError full, LoopUnit unit) {
    try {
      stays(unit, full.toString());
    } catch (OutOfMemoryError again) {
      full.addSuppressed(again);
    }
  }

  @Override
  public void broke(LoopUnit unit, RuntimeException mistake) {
    stays(unit, mistake + " at " + StackTraces.of(mistake));
  }

  private void stays(LoopUnit unit, String why) {
    run.warn("`" + unit.shown() + "` could not be compiled, so that it runs slower; see the log");
    request
        .log()
        .accept(
            new RunRequest.LogLine(
                "warn", "", "could not be compiled: " + unit + ": " + why + source(unit)));
  }

  private static String source(LoopUnit unit) {
    try {
      return "\n" + unit.source();
    } catch (RuntimeException | StackOverflowError unwritten) {
      return "";
    }
  }
}
