package io.penstock.core.expression.yaml;

import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text without quotes stands for, by the core schema of YAML 1.2. */
final class YamlScalar {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern OTHER_BASE =
      Pattern.compile("0(?:o([0-7]{1,100})|x([0-9a-fA-F]{1,100}))");
  private static final Pattern NUMBER =
      Pattern.compile("([-+]?)([0-9]*)(?:\\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private YamlScalar() {}

  /** The value; empty where JSON has none such. */
  static Optional<Json> of(String text) {
    if (NULLS.contains(text)) {
      return Optional.of(Json.ofNull());
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Optional.of(Json.of(TRUE.contains(text)));
    }
    Matcher base = OTHER_BASE.matcher(text);
    if (base.matches()) {
      boolean octal = base.group(1) != null;
      BigInteger value = new BigInteger(text.substring(2), octal ? 8 : 16);
      return Optional.of(Json.ofNumber(value.toString()));
    }
    if (NO_NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    Matcher number = NUMBER.matcher(text);
    return number.matches() ? number(number) : Optional.of(Json.ofText(text));
  }

  private static Optional<Json> number(Matcher parts) {
    String whole = parts.group(2);
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    if (whole.isEmpty() && fraction.isEmpty()) {
      return Optional.of(Json.ofText(parts.group()));
    }
    int zeros = 0;
    while (zeros < whole.length() - 1 && whole.charAt(zeros) == '0') {
      zeros++;
    }
    String written =
        (parts.group(1).equals("-") ? "-" : "")
            + (whole.isEmpty() ? "0" : whole.substring(zeros))
            + (fraction.isEmpty() ? "" : "." + fraction)
            + (parts.group(4) == null ? "" : "e" + parts.group(4));
    try {
      return Optional.of(Json.ofNumber(written));
    } catch (JsonProblem tooLong) {
      return Optional.empty();
    }
  }
}
