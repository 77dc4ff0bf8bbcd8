package io.penstock.connectors.kafka;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which topics are read: those named, or those whose whole name a pattern matches. */
public record Topics(
    @Option(value = "The topic's name, or a list of them.", main = true)
        Optional<OneOrMany<String>> name,
    @Option("A regular expression that the whole name matches.") Optional<String> pattern)
    implements Config {
  private static final int LONGEST = 249;

  @Override
  public void check(Checks checks) {
    if (name.isPresent() == pattern.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "pattern",
          "`topic` is either a name, a list of names or `{ pattern: ... }`",
          "keep one of them");
    }
    for (String topic : name.map(OneOrMany::values).orElse(java.util.List.of())) {
      if (!isName(topic)) {
        checks.problem(
            ProblemCode.E104,
            "name",
            "`topic` must be a topic's name (letters, digits, `.`, `_`, `-`), not `" + topic + "`",
            "write the name as the broker has it, or `{ pattern: ... }`");
      }
    }
    try {
      pattern.ifPresent(Pattern::compile);
    } catch (PatternSyntaxException wrong) {
      checks.problem(
          ProblemCode.E104,
          "pattern",
          "`pattern` must be a regular expression, not `"
              + pattern.orElse("")
              + "`: "
              + wrong.getDescription(),
          "mend the pattern");
    }
  }

  /** Whether a topic may be called so. */
  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.equals(".") || text.equals("..")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** As it is said in messages. */
  String shown() {
    return pattern.orElseGet(() -> String.join("`, `", name.orElseThrow().values()));
  }
}
