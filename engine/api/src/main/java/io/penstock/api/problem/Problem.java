package io.penstock.api.problem;

import java.util.Optional;

/**
 * One thing that is wrong, at one place, with one next action.
 *
 * @param code the stable code, with its page in the reference
 * @param origin where
 * @param message what is wrong, with the given value in backquotes, then what would be right
 * @param hint the one next action
 */
public record Problem(ProblemCode code, Origin origin, String message, Optional<String> hint) {
  /** A problem without a hint. */
  public static Problem of(ProblemCode code, Origin origin, String message) {
    return new Problem(code, origin, message, Optional.empty());
  }

  /** A problem with its next action. */
  public static Problem of(ProblemCode code, Origin origin, String message, String hint) {
    return new Problem(code, origin, message, Optional.of(hint));
  }

  /** Whether this is a warning (family W) only. */
  public boolean isWarning() {
    return code.family() == ProblemFamily.LINT;
  }

  @Override
  public String toString() {
    return origin + "  " + code + "  " + message + hint.map(h -> "\n  help: " + h).orElse("");
  }
}
