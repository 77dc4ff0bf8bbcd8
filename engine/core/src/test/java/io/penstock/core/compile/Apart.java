package io.penstock.core.compile;

import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.Projection;
import java.util.List;

/** Many expressions as one class with a loop for each, so that none leaves another's rows. */
public final class Apart {
  private Apart() {}

  /** What computes the expressions. */
  public static Projection of(List<Expression> expressions) {
    List<Evaluator> closures =
        expressions.stream().map(e -> Evaluators.of(e, Checked.RUN)).toList();
    ClassMaker maker = new ClassMaker(Apart.class.getClassLoader());
    try {
      return new LoopRun(
          MadeLoops.make(expressions, false, true, maker).orElseThrow(), closures, Checked.RUN);
    } catch (SourceRefused refused) {
      throw new AssertionError(MadeLoops.source(expressions, false), refused);
    }
  }
}
