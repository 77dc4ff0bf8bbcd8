package io.penstock.core.expression.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.Function.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Functions of regular expressions, in the syntax of RE2 and in linear time. */
public final class Patterns {
  private Patterns() {}

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string) -> boolean",
      summary = "Whether the pattern is found anywhere in the text; ^ and $ stand for its ends.",
      examples = {"matches('order-17', '[0-9]+')", "not matches('order-17', '^[0-9]+$')"},
      fails = "the pattern cannot be read",
      typing = ConstantPattern.class)
  public static boolean matches(Call call, String text, String pattern) {
    return regex(call, pattern).matcher(text).find();
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string) -> string?",
      summary = "The first part of the text that the pattern finds; null where there is none.",
      examples = {
        "regex_extract('order-17', '[0-9]+') == '17'",
        "regex_extract('order', '[0-9]+') === null"
      },
      fails = "the pattern cannot be read",
      typing = ConstantPattern.class)
  public static @Nullable String regexExtract(Call call, String text, String pattern) {
    Matcher matcher = regex(call, pattern).matcher(text);
    return matcher.find() ? matcher.group() : null;
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string, group: int) -> string?",
      summary =
          "What a group holds of the first place that the pattern finds; group 1 is the first, 0 the whole.",
      examples = "regex_extract('order-17', '([a-z]+)-([0-9]+)', 2) == '17'",
      fails = "the pattern cannot be read or has no such group",
      typing = ConstantPattern.class)
  public static @Nullable String regexExtract(Call call, String text, String pattern, long group) {
    Pattern regex = regex(call, pattern);
    if (group < 0 || group > regex.groupCount()) {
      throw Failure.domain(
          "the pattern has " + regex.groupCount() + " groups, so none is number `" + group + "`");
    }
    Matcher matcher = regex.matcher(text);
    return matcher.find() ? matcher.group((int) group) : null;
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string) -> [string]",
      summary = "All parts of the text that the pattern finds.",
      examples = "regex_extract_all('a1 b22', '[0-9]+') == ['1', '22']",
      fails = "the pattern cannot be read",
      typing = ConstantPattern.class)
  public static List<?> regexExtractAll(Call call, String text, String pattern) {
    return all(regex(call, pattern), text, 0);
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string, group: int) -> [string?]",
      summary = "What a group holds of all places that the pattern finds.",
      examples = "regex_extract_all('a1 b22', '([a-z])([0-9]+)', 1) == ['a', 'b']",
      fails = "the pattern cannot be read or has no such group",
      typing = ConstantPattern.class)
  public static List<?> regexExtractAll(Call call, String text, String pattern, long group) {
    Pattern regex = regex(call, pattern);
    if (group < 0 || group > regex.groupCount()) {
      throw Failure.domain(
          "the pattern has " + regex.groupCount() + " groups, so none is number `" + group + "`");
    }
    return all(regex, text, (int) group);
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string) -> any?",
      summary =
          "The named groups of the first place that the pattern finds, as a record (a map where the pattern is not constant); null where there is none.",
      examples = {
        "regex_groups('order-17', '(?P<kind>[a-z]+)-(?P<id>[0-9]+)').id == '17'",
        "regex_groups('-', '(?P<id>[0-9]+)') === null"
      },
      fails = "the pattern cannot be read",
      typing = Groups.class)
  public static @Nullable Object regexGroups(Call call, String text, String pattern) {
    Pattern regex = regex(call, pattern);
    Matcher matcher = regex.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    Map<String, Integer> named = regex.namedGroups();
    if (!(call.result().type() instanceof DataType.RecordOf record)) {
      Map<String, @Nullable Object> groups = new LinkedHashMap<>();
      inOrder(named).forEach(name -> groups.put(name, matcher.group(name)));
      return groups;
    }
    List<Field> fields = record.schema().fields();
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = matcher.group(fields.get(i).name());
    }
    return values;
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string, with: string) -> string",
      summary =
          "The text with each place that the pattern finds replaced; $1 or ${name} stand for a group, \\$ for a dollar.",
      examples = {
        "regex_replace('2026-01-02', '([0-9]+)-([0-9]+)-([0-9]+)', '$3.$2.$1') == '02.01.2026'",
        "regex_replace('a  b', ' +', ' ') == 'a b'"
      },
      fails = "the pattern or the replacement cannot be read, or the text would be too large",
      typing = ConstantPattern.class)
  public static String regexReplace(Call call, String text, String pattern, String with) {
    Matcher matcher = regex(call, pattern).matcher(text);
    StringBuilder result = new StringBuilder();
    try {
      while (matcher.find()) {
        matcher.appendReplacement(result, with);
        if (result.length() > Failure.MAX_TEXT_BYTES) {
          throw Failure.longText();
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException noGroup) {
      throw Failure.domain(Failure.quoted(with) + " names a group that the pattern does not have");
    }
    matcher.appendTail(result);
    return Failure.limited(result.toString());
  }

  @Function(
      family = Family.PATTERNS,
      signature = "(text: string, pattern: string) -> string",
      summary = "The text with each place that the pattern finds as three stars.",
      examples = "redact('card 4111-1111', '[0-9-]{5,}') == 'card ***'",
      fails = "the pattern cannot be read, or the text would be too large",
      typing = ConstantPattern.class)
  public static String redact(Call call, String text, String pattern) {
    return regexReplace(call, text, pattern, "***");
  }

  private static Pattern regex(Call call, String pattern) {
    return call.remember(0, pattern, RegexText::compile);
  }

  private static List<?> all(Pattern regex, String text, int group) {
    List<@Nullable Object> found = new ArrayList<>();
    Matcher matcher = regex.matcher(text);
    while (matcher.find()) {
      if (found.size() == Failure.MAX_ELEMENTS) {
        throw Failure.longList();
      }
      found.add(matcher.group(group));
    }
    return found;
  }

  private static List<String> inOrder(Map<String, Integer> named) {
    List<String> names = new ArrayList<>(named.keySet());
    names.sort(Comparator.comparing(name -> named.getOrDefault(name, 0)));
    return names;
  }

  private static Optional<Pattern> constant(Typing.Arguments arguments) {
    Optional<Object> pattern = arguments.constant(1);
    if (pattern.isEmpty() || !(pattern.get() instanceof String text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RegexText.compile(text));
    } catch (EvaluationException broken) {
      throw new Typing.Mistake(1, broken.text(), "write it in the syntax of RE2");
    }
  }

  /** A constant pattern is checked before the run, and that it has the group asked for. */
  public static final class ConstantPattern implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Pattern> pattern = constant(arguments);
      if (pattern.isPresent() && arguments.count() == 3) {
        Optional<Object> group = arguments.constant(2);
        int groups = pattern.get().groupCount();
        if (group.isPresent()
            && group.get() instanceof Long number
            && (number < 0 || number > groups)) {
          throw new Typing.Mistake(
              2,
              "the pattern has " + groups + " groups, so none is number `" + number + "`",
              "Put what you want into brackets: `order-([0-9]+)`");
        }
      }
      return arguments.declared();
    }
  }

  /** A constant pattern's named groups are a record's fields. */
  public static final class Groups implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Pattern> pattern = constant(arguments);
      ValueType text = ValueType.optional(DataType.STRING);
      if (pattern.isEmpty()) {
        return ValueType.optional(new DataType.MapOf(text));
      }
      List<String> names = inOrder(pattern.get().namedGroups());
      if (names.isEmpty()) {
        throw new Typing.Mistake(1, "the pattern has no named group", "name one: `(?P<id>[0-9]+)`");
      }
      List<Field> fields = names.stream().map(name -> new Field(name, text)).toList();
      return ValueType.optional(new DataType.RecordOf(Schema.of(fields)));
    }
  }
}
