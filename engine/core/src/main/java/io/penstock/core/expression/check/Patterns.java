package io.penstock.core.expression.check;

import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.RegexText;
import java.util.Optional;

/** Says what is wrong with a pattern. */
final class Patterns {
  private Patterns() {}

  static Optional<String> problem(String pattern) {
    try {
      RegexText.compile(pattern);
      return Optional.empty();
    } catch (EvaluationException wrong) {
      return Optional.of(wrong.text());
    }
  }
}
