package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.function.Function.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of maps. */
public final class Maps {
  private Maps() {}

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>, key: string) -> T?",
      summary = "The value of a key; null where there is none.",
      examples = "get(map_of('a', 1), 'a') == 1")
  public static @Nullable Object get(Map<String, ?> map, String key) {
    return map.get(key);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>, key: string) -> boolean",
      summary = "Whether the key is there, even where its value is null.",
      examples = "has_key(map_of('a', 1), 'a')")
  public static boolean hasKey(Map<String, ?> map, String key) {
    return map.containsKey(key);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>) -> [string]",
      summary = "The keys, in order.",
      examples = "keys(map_of('b', 1, 'a', 2)) == ['b', 'a']")
  public static List<?> keys(Map<String, ?> map) {
    return new ArrayList<>(map.keySet());
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>) -> [T]",
      summary = "The values, in the order of their keys.",
      examples = "values(map_of('b', 1, 'a', 2)) == [1, 2]")
  public static List<?> values(Map<String, ?> map) {
    return new ArrayList<>(map.values());
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>) -> [{ key: string, value: T }]",
      summary = "A record of key and value for each key, in order.",
      examples = "entries(map_of('b', 1))[0].value == 1")
  public static List<?> entries(Map<String, ?> map) {
    List<@Nullable Object[]> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new @Nullable Object[] {key, value}));
    return entries;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(entries: [{ key: string, value: T }]) -> map<T>",
      summary = "The map of some records of key and value; of equal keys the last one counts.",
      examples = "from_entries(entries(map_of('b', 1))) == map_of('b', 1)")
  public static Map<String, ?> fromEntries(List<?> entries) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Object entry : entries) {
      if (entry instanceof Object[] pair && pair[0] instanceof String key) {
        map.put(key, pair[1]);
      }
    }
    return map;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>, more: map<T>...) -> map<T>",
      summary = "The keys of all maps; of equal keys the last one's value counts.",
      examples = "merge(map_of('a', 1, 'b', 2), map_of('a', 3)) == map_of('a', 3, 'b', 2)")
  public static Map<String, ?> merge(Map<String, ?> map, List<?> more) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(map);
    for (Object next : more) {
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) next).entrySet()) {
        merged.put((String) entry.getKey(), entry.getValue());
      }
    }
    return merged;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>, keys: string...) -> map<T>",
      summary = "The map with these keys alone.",
      examples = "pick(map_of('a', 1, 'b', 2), 'b') == map_of('b', 2)")
  public static Map<String, ?> pick(Map<String, ?> map, List<?> keys) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>(map);
    kept.keySet().removeIf(key -> !keys.contains(key));
    return kept;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(map: map<T>, keys: string...) -> map<T>",
      summary = "The map without these keys.",
      examples = "omit(map_of('a', 1, 'b', 2), 'b') == map_of('a', 1)")
  public static Map<String, ?> omit(Map<String, ?> map, List<?> keys) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>(map);
    kept.keySet().removeIf(keys::contains);
    return kept;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> [T]",
      summary = "The list without nulls.",
      examples = "compact([1, null, 2]) == [1, 2]")
  public static List<?> compact(List<?> list) {
    List<@Nullable Object> kept = new ArrayList<>(list.size());
    for (Object element : list) {
      if (element != null) {
        kept.add(element);
      }
    }
    return kept;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(record: record) -> [string]",
      summary = "The names of the fields, in order.",
      examples = "keys(record('b', 1, 'a', true)) == ['b', 'a']")
  public static List<?> keys(Call call, Object[] record) {
    return ((DataType.RecordOf) call.argument(0).type()).schema().names();
  }
}
