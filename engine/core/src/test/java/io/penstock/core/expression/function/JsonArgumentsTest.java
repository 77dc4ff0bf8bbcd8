package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonArgumentsTest {
  private static final String RECORD =
      """
      {"name": "Ada", "count": "7", "price": 2.345, "n": 3, "at": "2026-01-02T03:04:05Z",
       "day": "2026-01-02", "tags": ["b", "a"], "nums": [1, 2], "obj": {"k": 1, "z": null},
       "none": null, "flag": true}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upper(name) | ADA",
        "length(name) | 3",
        "length(tags) | 2",
        "size(obj) | 2",
        "substring(name, 1, 2) | Ad",
        "contains(name, 'd') | true",
        "replace(name, 'A', 'a') | ada",
        "split(name, 'd') | [\"A\",\"a\"]",
        "to_int(count) | 7",
        "to_int(n) | 3",
        "to_double(price) | 2.345",
        "to_decimal(price, 10, 2) | 2.34",
        "to_string(n) | 3",
        "to_string(name) | Ada",
        "to_boolean(flag) | true",
        "parse_int(count) | 7",
        "to_timestamp(at) | 2026-01-02T03:04:05Z",
        "to_date(day) | 2026-01-02",
        "parse_timestamp(at) | 2026-01-02T03:04:05Z",
        "year(to_timestamp(at), 'UTC') | 2026",
        "format_timestamp(at, 'yyyy', 'UTC') | 2026",
        "from_unix(to_int(n), 's') | 1970-01-01T00:00:03Z",
        "concat(name, none, n) | Ada3",
        "join(tags, '+') | b+a",
        "any(tags, t -> t == 'a') | true",
        "map(tags, t -> upper(t)) | [\"B\",\"A\"]",
        "filter(tags, t -> t != 'a') | [\"b\"]",
        "sort(tags) | [\"a\",\"b\"]",
        "first(tags) | b",
        "slice(tags, 0, 1) | [\"b\"]",
        "list_contains(tags, 'a') | true",
        "get(obj, 'k') | 1",
        "keys(obj) | [\"k\",\"z\"]",
        "has_key(obj, 'z') | true",
        "has_key(obj, 'y') | false",
        "is_empty(obj) | false",
        "is_empty(none) | true",
        "is_null(missing) | true",
        "exists(obj.k) | true",
        "coalesce(none, name) | Ada",
        "nullif(name, 'Ada') | null",
        "type_of(obj) | record",
        "pick(obj, 'k') | {\"k\":1}",
        "merge(obj, parse_json('{\"x\": 2}')) | {\"k\":1,\"z\":null,\"x\":2}",
        "compact(obj) | {\"k\":1}",
        "json_path(obj, 'k') | 1",
        "set_path(obj, 'k', 5) | {\"k\":5,\"z\":null}",
        "format_json(obj) | {\"k\":1,\"z\":null}",
        "regex_extract(name, '[a-z]+') | da",
        "matches(name, 'd') | true",
        "sha1(name) | 5c3cb098d52deb3f67e97b7fba960c4cf6880461",
        "crc32(name) | 3040723336",
        "if(flag, name, 'x') | Ada",
        "flatten([tags, tags]) | [\"b\",\"a\",\"b\",\"a\"]",
        "entries(obj)[0].key | k",
        "capitalize(lower(name)) | Ada",
        "min_of(to_int(n), 2) | 2",
      })
  void convertsWhereTheTypeIsKnown(String expression, String value) {
    String result = Run.over(RECORD, expression);
    assertEquals(value, result);
  }
}
