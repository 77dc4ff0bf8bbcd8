package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.json.Json;
import java.util.List;
import java.util.Map;

/** Functions that measure. */
public final class Sizes {
  private Sizes() {}

  @Function(
      family = Family.TEXT,
      signature = "(value: any) -> int",
      summary = "How many characters a text has, how many elements a list, how many bytes bytes.",
      examples = {"length('a😀') == 2", "length([1, 2, 3]) == 3", "length('') == 0"},
      fails = "a json value is a number, a truth value or null",
      typing = Sized.class)
  public static long length(Object value) {
    return of(value);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(value: any) -> int",
      summary = "How many parts a list, a map or a record has, how many characters a text.",
      examples = {"size([1, 2]) == 2", "size(parse_json('{\"a\": 1}')) == 1"},
      fails = "a json value is a number, a truth value or null",
      typing = Sized.class)
  public static long size(Object value) {
    return of(value);
  }

  @Function(
      family = Family.TEXT,
      signature = "(value: any) -> int",
      summary = "How many bytes a text has in UTF-8, or how many bytes bytes.",
      examples = "byte_length('aé') == 3",
      typing = TextOrBytes.class)
  public static long byteLength(Object value) {
    return value instanceof String text ? Failure.utf8Length(text) : Hashes.bytes(value).length;
  }

  static long of(Object value) {
    if (value instanceof String text) {
      return Positions.length(text);
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof Object[] record) {
      return record.length;
    }
    if (!(value instanceof Json json)) {
      return 1;
    }
    return switch (json.kind()) {
      case LIST, OBJECT -> json.size();
      case TEXT -> json.asText().map(Positions::length).orElse(0L);
      case NULL -> 0;
      case NUMBER, BOOLEAN -> throw Failure.kind(json, "text, list or record");
    };
  }

  /** The argument has parts. */
  public static final class Sized implements Typing {
    private static final List<DataType> WITH_PARTS =
        List.of(DataType.STRING, DataType.BYTES, DataType.JSON);

    @Override
    public ValueType result(Arguments arguments) {
      DataType type = arguments.type(0).type();
      boolean scalar = type instanceof DataType.Simple || type instanceof DataType.Decimal;
      if (scalar && !WITH_PARTS.contains(type)) {
        throw new Mistake(
            0,
            "a text, a list, a map or a record must stand here, not " + type,
            "write `to_string(...)` around it");
      }
      return arguments.declared();
    }
  }
}
