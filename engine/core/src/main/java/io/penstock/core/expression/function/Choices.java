package io.penstock.core.expression.function;

import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions that the checker knows by name, because they evaluate some of their arguments only, or
 * take constants that make their type. They stand here for the reference; the methods are what they
 * mean for values at hand.
 */
public final class Choices {
  private Choices() {}

  @Function(
      family = Family.CONTROL,
      signature = "(condition: boolean?, then: T?, more: any?...) -> T?",
      summary =
          "The value behind the first condition that is true; a value alone at the end is for all else.",
      examples = {
        "case(1 > 2, 'a', 2 > 1, 'b', 'c') == 'b'",
        "case(1 > 2, 'a', 'c') == 'c'",
        "case(1 > 2, 'a') === null"
      },
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object case_(
      @Nullable Boolean condition, @Nullable Object then, List<?> more) {
    if (Boolean.TRUE.equals(condition)) {
      return then;
    }
    for (int i = 0; i + 1 < more.size(); i += 2) {
      if (Boolean.TRUE.equals(more.get(i))) {
        return more.get(i + 1);
      }
    }
    return more.size() % 2 == 1 ? more.get(more.size() - 1) : null;
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: T?) -> T?",
      summary = "The value; null where it cannot be computed.",
      examples = "try(to_int('x')) === null",
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object try_(@Nullable Object value) {
    return value;
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: T?, otherwise: T?) -> T?",
      summary = "The value; the second where the first cannot be computed.",
      examples = {"try(to_int('x'), 0) == 0", "try(to_int('7'), 0) == 7"},
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object try_(@Nullable Object value, @Nullable Object otherwise) {
    return value;
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any, type: string) -> any",
      summary = "The value as another type, named as in schemas.",
      examples = {
        "cast('1.255', 'decimal(10,2)') == 1.26",
        "cast(parse_json('[1, 2]'), '[int]') == [1, 2]"
      },
      fails = "the value cannot be converted")
  public static Object cast(Call call, Object value, String type) {
    return Conversions.cast(value, call.argument(0).type(), call.result().type());
  }

  @Function(
      family = Family.RECORDS,
      signature = "(key: string, value: any?, more: any?...) -> any",
      summary = "A record of these fields; the keys are constant.",
      examples = "record('a', 1, 'b', 'x').b == 'x'",
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object[] record(String key, @Nullable Object value, List<?> more) {
    @Nullable Object[] fields = new Object[1 + more.size() / 2];
    fields[0] = value;
    for (int i = 1; i < fields.length; i++) {
      fields[i] = more.get(i * 2 - 1);
    }
    return fields;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(key: string, value: T?, more: any?...) -> map<T>",
      summary = "A map of these keys and values; of equal keys the last one counts.",
      examples = "map_of('a', 1, 'b', 2)['b'] == 2",
      nulls = Nulls.SEES_NULLS)
  public static Map<String, ?> mapOf(String key, @Nullable Object value, List<?> more) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(key, value);
    for (int i = 0; i + 1 < more.size(); i += 2) {
      if (more.get(i) instanceof String next) {
        map.put(next, more.get(i + 1));
      }
    }
    return map;
  }

  @Function(
      family = Family.METADATA,
      signature = "(name: string) -> any?",
      summary =
          "What the source tells of the row, by a constant name: the same as meta.name. The message of a wrong name lists those there are.",
      examples = "meta('path') == meta.path")
  public static @Nullable Object meta(String name) {
    throw new IllegalStateException("the checker puts meta." + name + " here");
  }
}
