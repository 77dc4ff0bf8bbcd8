package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.util.Locale;

/** Functions of text. */
public final class Text {
  private Text() {}

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text in capital letters.",
      examples = {"upper('abc') == 'ABC'", "upper(null) === null"})
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
