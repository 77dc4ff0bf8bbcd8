package io.penstock.core.expression.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Says what is wrong with a pattern. */
final class Patterns {
  private static final int MAX_LENGTH = 10_000;

  private Patterns() {}

  static Optional<String> problem(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      return Optional.of("the pattern has more than 10000 characters");
    }
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException wrong) {
      return Optional.of(
          "the pattern cannot be read: "
              + wrong.getDescription()
              + " `"
              + wrong.getPattern()
              + "`");
    } catch (StackOverflowError deep) {
      return Optional.of("the pattern is nested too deep");
    }
  }
}
