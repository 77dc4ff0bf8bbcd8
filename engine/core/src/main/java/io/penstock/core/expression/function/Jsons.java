package io.penstock.core.expression.function;

import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of json values. */
public final class Jsons {
  private Jsons() {}

  @Function(
      family = Family.RECORDS,
      signature = "(text: string) -> json?",
      summary = "The json value that a text holds; null for the text null.",
      examples = {"parse_json('{\"a\": [1, 2]}').a[1] == 2", "parse_json('null') === null"},
      fails = "the text is no JSON")
  public static @Nullable Json parseJson(String text) {
    try {
      return value(Json.parse(text));
    } catch (JsonProblem problem) {
      throw Failure.text(text, "JSON: " + problem.getMessage());
    }
  }

  @Function(
      family = Family.RECORDS,
      signature = "(value: any) -> string",
      summary = "The value as JSON, without blanks.",
      examples = {"format_json([1, 2]) == '[1,2]'", "format_json('a') == '\"a\"'"})
  public static String formatJson(Call call, Object value) {
    return Conversions.toJson(call.argument(0).type(), value).toText();
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, path: string) -> json?",
      summary = "What lies at a path such as $.a.b[0]; null where there is nothing.",
      examples = {
        "json_path(parse_json('{\"a\": [{\"b\": 7}]}'), '$.a[0].b') == 7",
        "json_path(parse_json('{}'), '$.a.b') === null"
      },
      fails = "the path cannot be read",
      typing = JsonPath.ConstantPath.class)
  public static @Nullable Json jsonPath(Call call, Json json, String path) {
    return call.remember(0, path, JsonPath::of).find(json).map(Jsons::value).orElse(null);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, path: string, value: any?) -> json",
      summary = "The json value with another value at a path; missing parents are made.",
      examples =
          "format_json(set_path(parse_json('{\"a\": 1}'), 'b.c', 2)) == '{\"a\":1,\"b\":{\"c\":2}}'",
      fails = "the path cannot be read or leads through a value without parts",
      nulls = Nulls.SEES_NULLS,
      typing = JsonPath.ConstantPath.class)
  public static Json setPath(Call call, Json json, String path, @Nullable Object value) {
    Json put = Conversions.toJson(call.argument(2).type(), value);
    return call.remember(0, path, JsonPath::of).set(json, put);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, key: string) -> json?",
      summary = "The value of a key; null where there is none.",
      examples = "get(parse_json('{\"a\": 1}'), 'a') == 1")
  public static @Nullable Json get(Json json, String key) {
    return json.member(key).map(Jsons::value).orElse(null);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, key: string) -> boolean",
      summary = "Whether the key is there, even where its value is null.",
      examples = {
        "has_key(parse_json('{\"a\": null}'), 'a')",
        "not has_key(parse_json('{}'), 'a')"
      })
  public static boolean hasKey(Json json, String key) {
    return json.member(key).isPresent();
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json) -> [string]",
      summary = "The keys, in the order written.",
      examples = "keys(parse_json('{\"b\": 1, \"a\": 2}')) == ['b', 'a']")
  public static List<?> keys(Json json) {
    return new ArrayList<>(json.members().keySet());
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json) -> [json?]",
      summary = "The values, in the order written; of a list its elements.",
      examples = "values(parse_json('{\"b\": 1, \"a\": 2}'))[0] == 1")
  public static List<?> values(Json json) {
    List<@Nullable Object> values = new ArrayList<>();
    json.members().values().forEach(v -> values.add(value(v)));
    json.elements().forEach(v -> values.add(value(v)));
    return values;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json) -> [{ key: string, value: json? }]",
      summary = "A record of key and value for each key, in the order written.",
      examples = "entries(parse_json('{\"b\": 1}'))[0].key == 'b'")
  public static List<?> entries(Json json) {
    List<@Nullable Object[]> entries = new ArrayList<>();
    json.members().forEach((key, v) -> entries.add(new @Nullable Object[] {key, value(v)}));
    return entries;
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, more: json...) -> json",
      summary = "The keys of all; of equal keys the last one's value counts.",
      examples =
          "format_json(merge(parse_json('{\"a\":1,\"b\":2}'), parse_json('{\"a\":3}'))) == '{\"a\":3,\"b\":2}'",
      fails = "a value is no record")
  public static Json merge(Json json, List<?> more) {
    Map<String, Json> members = new LinkedHashMap<>(object(json).members());
    for (Object next : more) {
      members.putAll(object((Json) next).members());
    }
    return Json.object(members);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, keys: string...) -> json",
      summary = "The json value with these keys alone.",
      examples = "format_json(pick(parse_json('{\"a\":1,\"b\":2}'), 'b')) == '{\"b\":2}'",
      fails = "the value is no record")
  public static Json pick(Json json, List<?> keys) {
    Map<String, Json> members = new LinkedHashMap<>(object(json).members());
    members.keySet().removeIf(key -> !keys.contains(key));
    return Json.object(members);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, keys: string...) -> json",
      summary = "The json value without these keys.",
      examples = "format_json(omit(parse_json('{\"a\":1,\"b\":2}'), 'b')) == '{\"a\":1}'",
      fails = "the value is no record")
  public static Json omit(Json json, List<?> keys) {
    Map<String, Json> members = new LinkedHashMap<>(object(json).members());
    members.keySet().removeIf(keys::contains);
    return Json.object(members);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, names: map<string>) -> json",
      summary = "The json value with keys under new names: the map's keys are new, its values old.",
      examples =
          "format_json(rename_keys(parse_json('{\"a\":1,\"b\":2}'), map_of('x', 'a'))) == '{\"x\":1,\"b\":2}'",
      fails = "the value is no record, or two keys would have one name")
  public static Json renameKeys(Json json, Map<String, ?> names) {
    Map<String, Json> members = new LinkedHashMap<>();
    Map<Object, String> renamed = new LinkedHashMap<>();
    names.forEach((name, old) -> renamed.put(old, name));
    object(json)
        .members()
        .forEach(
            (key, v) -> {
              String name = renamed.getOrDefault(key, key);
              if (members.put(name, v) != null) {
                throw Failure.domain("Two keys would have the name " + Failure.quoted(name));
              }
            });
    return Json.object(members);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json, separator: string) -> json",
      summary = "The record with the keys of inner records joined to those of outer ones.",
      examples =
          "format_json(flatten_record(parse_json('{\"a\":{\"b\":1},\"c\":2}'), '_')) == '{\"a_b\":1,\"c\":2}'",
      fails = "the value is no record")
  public static Json flattenRecord(Json json, String separator) {
    Map<String, Json> flat = new LinkedHashMap<>();
    flatten("", object(json), separator, flat);
    return Json.object(flat);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(json: json) -> json",
      summary = "The json value without nulls, at any depth.",
      examples = "format_json(compact(parse_json('{\"a\":null,\"b\":[1,null]}'))) == '{\"b\":[1]}'")
  public static Json compact(Json json) {
    if (json.kind() == Json.Kind.LIST) {
      return Json.list(
          json.elements().stream().filter(e -> !e.isNull()).map(Jsons::compact).toList());
    }
    if (json.kind() != Json.Kind.OBJECT) {
      return json;
    }
    Map<String, Json> kept = new LinkedHashMap<>();
    json.members()
        .forEach(
            (key, v) -> {
              if (!v.isNull()) {
                kept.put(key, compact(v));
              }
            });
    return Json.object(kept);
  }

  private static void flatten(String prefix, Json from, String separator, Map<String, Json> to) {
    from.members()
        .forEach(
            (key, v) -> {
              if (v.kind() == Json.Kind.OBJECT && v.size() > 0) {
                flatten(prefix + key + separator, v, separator, to);
              } else {
                to.put(prefix + key, v);
              }
            });
  }

  private static Json object(Json json) {
    if (json.kind() != Json.Kind.OBJECT) {
      throw Failure.kind(json, "record");
    }
    return json;
  }

  /** JSON's null is null. */
  private static @Nullable Json value(Json json) {
    return json.isNull() ? null : json;
  }
}
