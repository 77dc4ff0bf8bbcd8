package io.penstock.core.expression.syntax;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;

/** Reports problems at spans of one expression; one problem per place. */
final class Complaints {
  private final ExpressionText text;
  private final Problems problems;
  private int lastAt = -1;
  private boolean any;
  private boolean silent;

  Complaints(ExpressionText text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  void add(ProblemCode code, int from, int to, String message, String hint) {
    any = true;
    if (silent || from == lastAt) {
      return;
    }
    lastAt = from;
    problems.add(code, text.places().at(from, Math.max(1, to - from)), message, hint);
  }

  /** Whatever follows would only be a consequence of what was reported. */
  void beSilent() {
    silent = true;
  }

  boolean any() {
    return any;
  }
}
