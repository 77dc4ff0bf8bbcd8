package io.penstock.dsl.language.option;

import java.util.Locale;

/** Names as they are written in YAML. */
final class SnakeCase {
  private SnakeCase() {}

  /** A constant that says how it is written, {@code utf-8}, is written so. */
  static String of(Enum<?> constant) {
    return constant.toString().equals(constant.name())
        ? constant.name().toLowerCase(Locale.ROOT)
        : constant.toString();
  }

  /**
   * {@code maxRows} becomes {@code max_rows}; digits stay with the word before them. A name that is
   * a word of Java has a {@code _} at its end, which goes.
   */
  static String of(String javaName) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < javaName.length(); i++) {
      char c = javaName.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append('_');
      }
      out.append(Character.toLowerCase(c));
    }
    boolean javaWord = out.length() > 1 && out.charAt(out.length() - 1) == '_';
    return javaWord ? out.substring(0, out.length() - 1) : out.toString();
  }
}
