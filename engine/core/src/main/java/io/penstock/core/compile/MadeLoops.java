package io.penstock.core.compile;

import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.closure.Leaves;
import io.penstock.core.expression.function.Call;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program whose class is made; gives each task an instance of its own. Immutable. */
public final class MadeLoops {
  /** HotSpot never compiles a method of more than 8,000 bytes. */
  private static final int MOST_BYTES = 6_000;

  private static final int FIRST_LIMIT = 3_000;
  private static final int LEAST_LIMIT = 200;

  private final LoopProgram program;
  private final MadeClass made;

  private MadeLoops(LoopProgram program, MadeClass made) {
    this.program = program;
    this.made = made;
  }

  /**
   * Makes the class for what a step computes, where there is anything that is worth a loop. Where a
   * method comes out too large, the trees are split into smaller ones.
   *
   * @param selects whether the expressions are one condition by which rows are selected
   */
  static Optional<MadeLoops> make(List<Expression> expressions, boolean selects, ClassMaker maker)
      throws SourceRefused {
    return make(expressions, selects, false, maker);
  }

  /** The same, perhaps with a loop for each expression. */
  static Optional<MadeLoops> make(
      List<Expression> expressions, boolean selects, boolean apart, ClassMaker maker)
      throws SourceRefused {
    for (int limit = FIRST_LIMIT; ; limit /= 2) {
      LoopProgram program = program(expressions, selects, apart, limit);
      if (program.loops() == 0) {
        return Optional.empty();
      }
      MadeClass made = maker.make(LoopProgram.CLASS, program.source());
      if (made.largestMethod() <= MOST_BYTES || limit <= LEAST_LIMIT) {
        return Optional.of(new MadeLoops(program, made));
      }
    }
  }

  private static LoopProgram program(
      List<Expression> expressions, boolean selects, boolean apart, int limit) {
    return selects
        ? LoopWriter.selection(expressions.get(0), limit)
        : LoopWriter.values(expressions, limit, apart);
  }

  /** The source of the class. */
  static String source(List<Expression> expressions, boolean selects) {
    return program(expressions, selects, false, FIRST_LIMIT).source();
  }

  LoopProgram program() {
    return program;
  }

  /** The bytes of bytecode of the largest method. */
  int largestMethod() {
    return made.largestMethod();
  }

  /** The parts on closures of an instance. */
  Leaves leaves(EvaluationContext run) {
    return new Leaves(program.leaves(), run);
  }

  Loop loop(Leaves leaves) {
    List<Call> calls = new ArrayList<>();
    for (Typed.Invoke node : program.calls()) {
      calls.add(new Call(node.arguments().stream().map(Typed::type).toList(), node.type()));
    }
    Loop loop = made.create(Loop.class);
    loop.take(program.constants(), leaves.all(), calls.toArray(Call[]::new));
    return loop;
  }
}
