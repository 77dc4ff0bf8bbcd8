package io.penstock.core.expression.closure;

import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.typed.Typed;
import java.util.Optional;

/** Computes trees that read no row. */
public final class Constants {
  private static final EvaluationContext NOWHERE = new EvaluationContext(() -> 0, 0, "", "");

  private Constants() {}

  /** The value, itself empty for null; empty where it cannot be computed. */
  public static Optional<Optional<Object>> value(Typed tree) {
    ClosureCompiler compiler = new ClosureCompiler();
    Code code = compiler.compile(tree);
    try {
      return Optional.of(Optional.ofNullable(code.value(new Frame(NOWHERE, 0, compiler.locals()))));
    } catch (RowFailure failed) {
      return Optional.empty();
    }
  }
}
