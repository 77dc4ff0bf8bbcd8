package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.util.Locale;

/** Functions that give a text another form. */
public final class Text {
  private Text() {}

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text in capital letters.",
      examples = {"upper('abc') == 'ABC'", "upper('straße') == 'STRASSE'", "upper(null) === null"})
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text in small letters.",
      examples = "lower('ÀBC') == 'àbc'")
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text with its first letter as a capital, the rest as it is.",
      examples = {
        "capitalize('new york') == 'New york'",
        "capitalize(lower('SOUTHWEST AIRLINES')) == 'Southwest airlines'",
        "capitalize('') == ''"
      })
  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text without white space at both ends.",
      examples = "trim('  a b ') == 'a b'")
  public static String trim(String text) {
    return text.strip();
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, characters: string) -> string",
      summary = "The text without any of these characters at both ends.",
      examples = "trim('--a-b-', '-') == 'a-b'")
  public static String trim(String text, String characters) {
    return trimStart(trimEnd(text, characters), characters);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text without white space at its start.",
      examples = "trim_start('  a ') == 'a '")
  public static String trimStart(String text) {
    return text.stripLeading();
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, characters: string) -> string",
      summary = "The text without any of these characters at its start.",
      examples = "trim_start('007', '0') == '7'")
  public static String trimStart(String text, String characters) {
    int from = 0;
    while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
      from = text.offsetByCodePoints(from, 1);
    }
    return text.substring(from);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The text without white space at its end.",
      examples = "trim_end('  a ') == '  a'")
  public static String trimEnd(String text) {
    return text.stripTrailing();
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, characters: string) -> string",
      summary = "The text without any of these characters at its end.",
      examples = "trim_end('1.500', '0') == '1.5'")
  public static String trimEnd(String text, String characters) {
    int to = text.length();
    while (to > 0 && characters.indexOf(text.codePointBefore(to)) >= 0) {
      to = text.offsetByCodePoints(to, -1);
    }
    return text.substring(0, to);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, prefix: string) -> string",
      summary = "The text without this beginning, where it has it.",
      examples = {"trim_prefix('v1.2', 'v') == '1.2'", "trim_prefix('1.2', 'v') == '1.2'"})
  public static String trimPrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, suffix: string) -> string",
      summary = "The text without this end, where it has it.",
      examples = "trim_suffix('a.csv', '.csv') == 'a'")
  public static String trimSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, length: int) -> string",
      summary = "The text with blanks before it, so that it has this many characters.",
      examples = "pad_start('7', 3) == '  7'",
      fails = "the text would be too large")
  public static String padStart(String text, long length) {
    return padStart(text, length, " ");
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, length: int, padding: string) -> string",
      summary = "The text with padding before it, so that it has this many characters.",
      examples = {"pad_start('7', 3, '0') == '007'", "pad_start('1234', 3, '0') == '1234'"},
      fails = "the text would be too large, or the padding is empty")
  public static String padStart(String text, long length, String padding) {
    return padding(text, length, padding) + text;
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, length: int) -> string",
      summary = "The text with blanks behind it, so that it has this many characters.",
      examples = "pad_end('7', 3) == '7  '",
      fails = "the text would be too large")
  public static String padEnd(String text, long length) {
    return padEnd(text, length, " ");
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, length: int, padding: string) -> string",
      summary = "The text with padding behind it, so that it has this many characters.",
      examples = "pad_end('a', 4, 'xy') == 'axyx'",
      fails = "the text would be too large, or the padding is empty")
  public static String padEnd(String text, long length, String padding) {
    return text + padding(text, length, padding);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, times: int) -> string",
      summary = "The text so many times in a row.",
      examples = {"repeat('ab', 3) == 'ababab'", "repeat('ab', 0) == ''"},
      fails = "the text would be too large, or the number is negative")
  public static String repeat(String text, long times) {
    if (times < 0) {
      throw Failure.domain("a text cannot be repeated `" + times + "` times");
    }
    if (text.isEmpty()) {
      return text;
    }
    if (times > Failure.MAX_TEXT_BYTES
        || Failure.utf8Length(text) * times > Failure.MAX_TEXT_BYTES) {
      throw Failure.longText();
    }
    return text.repeat((int) times);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, length: int) -> string",
      summary = "The first characters of the text, at most so many.",
      examples = {"truncate('abcdef', 3) == 'abc'", "truncate('ab', 3) == 'ab'"})
  public static String truncate(String text, long length) {
    return truncate(text, length, "");
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, length: int, ending: string) -> string",
      summary = "The text cut to so many characters; where it was cut, they end with the ending.",
      examples = {"truncate('abcdef', 4, '..') == 'ab..'", "truncate('abcd', 4, '..') == 'abcd'"})
  public static String truncate(String text, long length, String ending) {
    if (Positions.length(text) <= length) {
      return text;
    }
    long room = Math.max(0, length);
    long kept = Math.max(0, room - Positions.length(ending));
    return Positions.cut(text, 0, kept) + Positions.cut(ending, 0, room - kept);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string) -> string",
      summary = "The characters of the text backwards.",
      examples = "reverse('abc') == 'cba'")
  public static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static String padding(String text, long length, String padding) {
    long missing = length - Positions.length(text);
    if (missing <= 0) {
      return "";
    }
    if (padding.isEmpty()) {
      throw Failure.domain("the padding must have a character");
    }
    long width = Positions.length(padding);
    if (missing > Failure.MAX_TEXT_BYTES) {
      throw Failure.longText();
    }
    String full = repeat(padding, missing / width + 1);
    return Failure.limited(Positions.cut(full, 0, missing));
  }
}
