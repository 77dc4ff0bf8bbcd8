package io.penstock.connectors.http;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.util.Locale;
import java.util.Set;

/** What may be the name and the value of a header. */
final class HeaderRules {
  /** Headers that the connection is about, and that follow from the rest. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "content-encoding",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade");

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private HeaderRules() {}

  /** Reports a name that cannot be one. */
  static void checkName(String name, String option, Checks checks) {
    if (!isName(name)) {
      checks.problem(
          ProblemCode.E104,
          option,
          "a header's name has letters, digits and `-`, unlike `" + name + "`",
          "write it as in `X-Request-Id`");
    } else if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      checks.problem(
          ProblemCode.E104,
          option,
          "the header `" + name + "` follows from the rest",
          "leave it out");
    }
  }

  /** Reports a value that cannot be one; it is not shown, since it may be a secret. */
  static void checkValue(String value, String option, Checks checks) {
    if (!isValue(value)) {
      checks.problem(
          ProblemCode.E104,
          option,
          "a header's value is one line of printable ASCII, and this is not",
          "take line breaks and other letters out");
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || MARKS.indexOf(c) >= 0);
  }

  /** Whether a text is a header's value. */
  static boolean isValue(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t');
  }
}
