package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.function.Function.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of records, whose results have types of their own. */
public final class Records {
  private Records() {}

  @Function(
      family = Family.RECORDS,
      signature = "(record: record, more: record...) -> any",
      summary = "The fields of all records; of equal names the last one's value counts.",
      examples = "merge(record('a', 1, 'b', 'x'), record('a', true)).a",
      typing = Merged.class)
  public static @Nullable Object[] merge(Call call, Object[] record, List<?> more) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    put(values, call, 0, record);
    for (int i = 0; i < more.size(); i++) {
      put(values, call, i + 1, (Object[]) more.get(i));
    }
    return inOrder(call, values);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(record: record, names: string...) -> any",
      summary = "The record with these fields alone.",
      examples = "pick(record('a', 1, 'b', 'x'), 'b').b == 'x'",
      typing = Picked.class)
  public static @Nullable Object[] pick(Call call, Object[] record, List<?> names) {
    return kept(call, record);
  }

  @Function(
      family = Family.RECORDS,
      signature = "(record: record, names: string...) -> any",
      summary = "The record without these fields.",
      examples = "omit(record('a', 1, 'b', 'x'), 'a').b == 'x'",
      typing = Omitted.class)
  public static @Nullable Object[] omit(Call call, Object[] record, List<?> names) {
    return kept(call, record);
  }

  private static @Nullable Object[] kept(Call call, Object[] record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    put(values, call, 0, record);
    return inOrder(call, values);
  }

  private static void put(
      Map<String, @Nullable Object> values, Call call, int argument, @Nullable Object[] record) {
    List<String> names = schema(call.argument(argument)).names();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), record[i]);
    }
  }

  private static @Nullable Object[] inOrder(Call call, Map<String, @Nullable Object> values) {
    List<String> names = schema(call.result()).names();
    @Nullable Object[] result = new Object[names.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(names.get(i));
    }
    return result;
  }

  private static Schema schema(ValueType type) {
    return ((DataType.RecordOf) type.type()).schema();
  }

  private static Schema closed(Typing.Arguments arguments, int index) {
    Schema schema = schema(arguments.type(index));
    if (schema.open()) {
      throw new Typing.Mistake(
          index,
          "the record may have fields that are not known",
          "Make it a json value first: `to_json(...)`");
    }
    return schema;
  }

  private static ValueType record(Iterable<Field> fields) {
    List<Field> list = new ArrayList<>();
    fields.forEach(list::add);
    return ValueType.required(new DataType.RecordOf(Schema.of(list)));
  }

  private static Set<String> names(Typing.Arguments arguments, Schema schema) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 1; i < arguments.count(); i++) {
      Object name = arguments.constant(i).orElse("");
      if (!(name instanceof String text) || schema.indexOf(text) < 0) {
        throw new Typing.Mistake(
            i,
            "a field of the record must be named here: " + String.join(", ", schema.names()),
            "write the name as a text");
      }
      names.add(text);
    }
    return names;
  }

  /** The fields of all. */
  public static final class Merged implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Map<String, Field> fields = new LinkedHashMap<>();
      for (int i = 0; i < arguments.count(); i++) {
        closed(arguments, i).fields().forEach(field -> fields.put(field.name(), field));
      }
      return record(fields.values());
    }
  }

  /** The fields named. */
  public static final class Picked implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Schema schema = closed(arguments, 0);
      Set<String> names = names(arguments, schema);
      return record(schema.fields().stream().filter(f -> names.contains(f.name())).toList());
    }
  }

  /** The fields not named. */
  public static final class Omitted implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Schema schema = closed(arguments, 0);
      Set<String> names = names(arguments, schema);
      return record(schema.fields().stream().filter(f -> !names.contains(f.name())).toList());
    }
  }
}
