package io.penstock.core.expression.closure;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;

/** The parts of trees that a compiled loop leaves to closures, in one task. Single-threaded. */
public final class Leaves {
  private final Frame frame;
  private final List<Leaf> leaves = new ArrayList<>();

  /** The leaves of trees that draw no random numbers. */
  public Leaves(List<Typed> trees, EvaluationContext run) {
    ClosureCompiler compiler = new ClosureCompiler();
    List<Code> codes = trees.stream().map(compiler::compile).toList();
    this.frame = new Frame(run, 0, compiler.locals());
    codes.forEach(code -> leaves.add(new Leaf(code, frame)));
  }

  /** In the order of the trees. */
  public Leaf[] all() {
    return leaves.toArray(Leaf[]::new);
  }

  /** The rows that the next calls are about. */
  public void begin(Batch rows) {
    frame.begin(rows);
  }
}
