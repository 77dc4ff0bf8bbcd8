package io.penstock.core.replay;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rows that {@link io.penstock.core.operator.RowJson} has written. */
final class RowReading {
  private RowReading() {}

  /** The values of a row, one for each column. */
  static @Nullable Object[] of(Json row, Schema schema) throws UnfitLetterException {
    if (row.kind() != Json.Kind.OBJECT) {
      throw new UnfitLetterException("its `row` is no object");
    }
    @Nullable Object[] values = new Object[schema.columns()];
    Set<String> named = new HashSet<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      named.add(field.name());
      values[i] = value(row.member(field.name()).orElse(Json.ofNull()), field.name(), field.type());
    }
    if (schema.open()) {
      values[schema.rest()] = row.without(named);
    } else {
      for (String name : row.members().keySet()) {
        if (!named.contains(name)) {
          throw new UnfitLetterException("the step has no field `" + name + "` any more");
        }
      }
    }
    return values;
  }

  /** Appends a row to the columns of its schema. */
  static void append(@Nullable Object[] row, Schema schema, ColumnBuilder[] to) {
    for (int i = 0; i < row.length; i++) {
      Values.append(to[i], schema.column(i).type(), row[i]);
    }
  }

  private static @Nullable Object value(Json json, String name, ValueType type)
      throws UnfitLetterException {
    if (json.isNull()) {
      if (!type.optional() && !type.type().equals(DataType.JSON)) {
        throw new UnfitLetterException("its `" + name + "` is missing or null");
      }
      return null;
    }
    try {
      return present(json, type.type());
    } catch (EvaluationException | IllegalArgumentException e) {
      throw new UnfitLetterException("its `" + name + "` is no " + type.type() + " any more");
    }
  }

  private static @Nullable Object nested(Json json, ValueType type) {
    if (json.isNull() && type.optional()) {
      return null;
    }
    if (json.isNull()) {
      throw new IllegalArgumentException("null");
    }
    return present(json, type.type());
  }

  private static @Nullable Object present(Json json, DataType type) {
    if (type.equals(DataType.DOUBLE) && json.asText().isPresent()) {
      return Double.parseDouble(json.asText().get());
    }
    if (type.equals(DataType.BYTES) && json.asText().isPresent()) {
      return Base64.getDecoder().decode(json.asText().get());
    }
    if (type instanceof DataType.ListOf list && json.kind() == Json.Kind.LIST) {
      List<@Nullable Object> values = new ArrayList<>();
      json.elements().forEach(element -> values.add(nested(element, list.element())));
      return values;
    }
    if (type instanceof DataType.MapOf map && json.kind() == Json.Kind.OBJECT) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      json.members().forEach((key, member) -> values.put(key, nested(member, map.value())));
      return values;
    }
    if (type instanceof DataType.RecordOf record && json.kind() == Json.Kind.OBJECT) {
      Schema schema = record.schema();
      @Nullable Object[] values = new Object[schema.columns()];
      for (int i = 0; i < schema.fields().size(); i++) {
        Field field = schema.fields().get(i);
        values[i] = nested(json.member(field.name()).orElse(Json.ofNull()), field.type());
      }
      if (schema.open()) {
        values[schema.rest()] = json.without(new HashSet<>(schema.names()));
      }
      return values;
    }
    return Conversions.fromJson(json, ValueType.required(type));
  }
}
