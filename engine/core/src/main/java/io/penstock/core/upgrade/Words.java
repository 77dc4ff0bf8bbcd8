package io.penstock.core.upgrade;

import io.penstock.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Small pieces of canonical text. */
final class Words {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  private Words() {}

  /** A text in quotes, whatever is in it. */
  static String quoted(String text) {
    return Json.ofText(text).toText();
  }

  /** A name as it is where it needs no quotes. */
  static String name(String name) {
    return PLAIN.matcher(name).matches() ? name : "`" + quoted(name) + "`";
  }

  /** The word of a constant. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A name of Java as an option is written. */
  static String snakeCase(String name) {
    return name.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Texts with commas between. */
  static String list(List<String> texts) {
    return String.join(", ", texts);
  }
}
