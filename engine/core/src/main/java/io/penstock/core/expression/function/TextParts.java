package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that find, take and replace parts of a text. */
public final class TextParts {
  private TextParts() {}

  @Function(
      family = Family.TEXT,
      signature = "(text: string, from: int) -> string",
      summary = "The text from this character on, counted from 1, from the end where negative.",
      examples = {"substring('abcdef', 3) == 'cdef'", "substring('abcdef', -2) == 'ef'"})
  public static String substring(String text, long from) {
    return Positions.cut(text, start(text, from), Long.MAX_VALUE);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, from: int, length: int) -> string",
      summary = "So many characters of the text from this one on, counted from 1.",
      examples = {
        "substring('abcdef', 1, 1) == 'a'",
        "substring('abcdef', 5, 10) == 'ef'",
        "substring('abcdef', -3, 2) == 'de'",
        "substring('a😀b', 2, 1) == '😀'"
      },
      fails = "the length is negative")
  public static String substring(String text, long from, long length) {
    if (length < 0) {
      throw Failure.domain("the length of a part must not be negative, as `" + length + "` is");
    }
    long start = start(text, from);
    long end = start + length;
    return Positions.cut(text, start, end < start ? Long.MAX_VALUE : end);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, count: int) -> string",
      summary = "The first characters; where negative, all but so many at the end.",
      examples = {"left('abcdef', 2) == 'ab'", "left('abcdef', -2) == 'abcd'"})
  public static String left(String text, long count) {
    return Positions.cut(text, 0, Positions.resolve(count, Positions.length(text)));
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, count: int) -> string",
      summary = "The last characters; where negative, all but so many at the start.",
      examples = {"right('abcdef', 2) == 'ef'", "right('abcdef', -2) == 'cdef'"})
  public static String right(String text, long count) {
    long length = Positions.length(text);
    return Positions.cut(text, length - Positions.resolve(count, length), length);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, part: string) -> boolean",
      summary = "Whether the part stands in the text.",
      examples = {"contains('abc', 'b')", "not contains('abc', 'B')"})
  public static boolean contains(String text, String part) {
    return text.contains(part);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, prefix: string) -> boolean",
      summary = "Whether the text begins with the prefix.",
      examples = "starts_with('abc', 'ab')")
  public static boolean startsWith(String text, String prefix) {
    return text.startsWith(prefix);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, suffix: string) -> boolean",
      summary = "Whether the text ends with the suffix.",
      examples = "ends_with('abc', 'bc')")
  public static boolean endsWith(String text, String suffix) {
    return text.endsWith(suffix);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, part: string) -> int?",
      summary = "Where the part first stands, counted from 0; null where it does not.",
      examples = {"index_of('abcb', 'b') == 1", "index_of('abc', 'x') === null"})
  public static @Nullable Long indexOf(String text, String part) {
    int found = text.indexOf(part);
    return found < 0 ? null : (long) text.codePointCount(0, found);
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, part: string, with: string) -> string",
      summary = "The text with each place of the part replaced.",
      examples = {"replace('1,234,567', ',', '') == '1234567'", "replace('abc', '', 'x') == 'abc'"},
      fails = "the text would be too large")
  public static String replace(String text, String part, String with) {
    if (part.isEmpty() || !text.contains(part)) {
      return text;
    }
    long most = (long) text.length() / part.length() * with.length() + text.length();
    if (most > Failure.MAX_TEXT_BYTES && grown(text, part, with) > Failure.MAX_TEXT_BYTES) {
      throw Failure.longText();
    }
    return Failure.limited(text.replace(part, with));
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, replacements: map<string>) -> string",
      summary =
          "The text with each key replaced by its value, in one pass; the longest key that fits wins.",
      examples = "replace_many('a-b', map_of('a', 'b', 'b', 'c')) == 'b-c'",
      fails = "the text would be too large")
  public static String replaceMany(String text, Map<String, ?> replacements) {
    StringBuilder result = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      String longest = longestKey(text, at, replacements);
      if (longest.isEmpty()) {
        result.append(text.charAt(at++));
        continue;
      }
      Object value = replacements.get(longest);
      result.append(value == null ? "" : value);
      at += longest.length();
      if (result.length() > Failure.MAX_TEXT_BYTES) {
        throw Failure.longText();
      }
    }
    return Failure.limited(result.toString());
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, separator: string) -> [string]",
      summary = "The parts between the separators; with an empty separator the characters.",
      examples = {
        "split('a,b,,c', ',') == ['a', 'b', '', 'c']",
        "split('abc', '') == ['a', 'b', 'c']",
        "split('', ',') == ['']"
      },
      fails = "there would be too many parts")
  public static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      text.codePoints().forEach(c -> part(parts, Character.toString(c)));
      return parts;
    }
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      part(parts, text.substring(from, at));
      from = at + separator.length();
    }
    part(parts, text.substring(from));
    return parts;
  }

  @Function(
      family = Family.TEXT,
      signature = "(text: string, separator: string, number: int) -> string",
      summary =
          "One of the parts between the separators, counted from 1; empty where there is none.",
      examples = {
        "split_part('a-b-c', '-', 2) == 'b'",
        "split_part('a-b-c', '-', -1) == 'c'",
        "split_part('a-b-c', '-', 4) == ''"
      },
      fails = "the number is 0")
  public static String splitPart(String text, String separator, long number) {
    if (number == 0) {
      throw Failure.domain("Parts are counted from 1, so there is no part `0`");
    }
    List<String> parts = split(text, separator);
    long index = number > 0 ? number - 1 : parts.size() + number;
    return index >= 0 && index < parts.size() ? parts.get((int) index) : "";
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string) -> boolean",
      summary =
          "Whether the whole text fits; % stands for any text, _ for one character, \\ takes their meaning away.",
      examples = {"like('report.csv', '%.csv')", "like('abc', 'a_c')", "not like('abc', 'b%')"})
  public static boolean like(String text, String pattern) {
    return Like.fits(text.codePoints().toArray(), pattern.codePoints().toArray());
  }

  private static void part(List<String> parts, String part) {
    if (parts.size() == Failure.MAX_ELEMENTS) {
      throw Failure.longList();
    }
    parts.add(part);
  }

  private static long start(String text, long from) {
    if (from < 0) {
      return Positions.length(text) + from;
    }
    return from - 1;
  }

  private static long grown(String text, String part, String with) {
    long places = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      places++;
    }
    return text.length() + places * (with.length() - part.length());
  }

  private static String longestKey(String text, int at, Map<String, ?> replacements) {
    String longest = "";
    for (String key : replacements.keySet()) {
      if (key.length() > longest.length() && text.startsWith(key, at)) {
        longest = key;
      }
    }
    return longest;
  }
}
