package io.penstock.core.expression.script;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that values of a script have as arguments of functions: a list whose elements are of
 * one kind is a list of that type, any other list one of json; a record is json.
 */
final class ArgumentTypes {
  /** Stands for null, which has no type of its own. */
  static final DataType NULL = new DataType.RecordOf(Schema.of(List.of()));

  static final DataType MAP = new DataType.MapOf(ValueType.optional(DataType.JSON));

  private ArgumentTypes() {}

  static DataType of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof List<?> list) {
      return new DataType.ListOf(element(list));
    }
    if (value instanceof Map<?, ?>) {
      return DataType.JSON;
    }
    if (value instanceof ScriptFunction) {
      throw ScriptFailure.kind("functions of the language take no function of a script");
    }
    return ScriptValues.scalarType(value);
  }

  private static ValueType element(List<?> list) {
    DataType common = NULL;
    boolean optional = false;
    for (Object element : list) {
      boolean parts = element instanceof List<?> || element instanceof Map<?, ?>;
      if (parts || element instanceof ScriptFunction) {
        return ValueType.optional(DataType.JSON);
      }
      if (element == null) {
        optional = true;
        continue;
      }
      DataType type = ScriptValues.scalarType(element);
      if (common.equals(NULL)) {
        common = type;
      } else if (!common.equals(type)) {
        common = wider(common, type);
      }
      if (common.equals(DataType.JSON)) {
        return ValueType.optional(DataType.JSON);
      }
    }
    if (common.equals(NULL)) {
      return ValueType.optional(DataType.JSON);
    }
    return optional ? ValueType.optional(common) : ValueType.required(common);
  }

  private static DataType wider(DataType a, DataType b) {
    boolean whole = a.equals(DataType.INT) || b.equals(DataType.INT);
    int scale = Math.max(scale(a), scale(b));
    boolean decimals = scale >= 0 && (whole || scale(a) >= 0 && scale(b) >= 0);
    return decimals ? new DataType.Decimal(DataType.Decimal.MAX_PRECISION, scale) : DataType.JSON;
  }

  private static int scale(DataType type) {
    return type instanceof DataType.Decimal decimal ? decimal.scale() : -1;
  }

  /** The boxed form of a value for the type found above. */
  static @Nullable Object boxed(@Nullable Object value, DataType type, Budget budget) {
    if (value == null) {
      return null;
    }
    if (type.equals(DataType.JSON)) {
      return ScriptValues.json(value, budget, 0);
    }
    if (type instanceof DataType.ListOf list) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (Object element : (List<?>) value) {
        elements.add(boxed(element, list.element().type(), budget));
      }
      return elements;
    }
    if (type instanceof DataType.MapOf map) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
        members.put((String) member.getKey(), boxed(member.getValue(), map.value().type(), budget));
      }
      return members;
    }
    return type instanceof DataType.Decimal decimal
        ? Arithmetic.toDecimal(value).setScale(decimal.scale())
        : ScriptValues.boxed(value);
  }
}
