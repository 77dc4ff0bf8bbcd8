package io.penstock.connectors.standard.json;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of rows that are written. It allows no other fields than theirs, so that a
 * registry takes a field more, which may be missing, for what it is: no danger to old readers.
 */
final class WrittenJsonSchema {
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

  private WrittenJsonSchema() {}

  static Json of(Schema rows) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("$schema", Json.ofText(DRAFT));
    members.put("type", Json.ofText("object"));
    fields(rows, members);
    return Json.object(members);
  }

  private static void fields(Schema schema, Map<String, Json> to) {
    Map<String, Json> properties = new LinkedHashMap<>();
    List<Json> required = new ArrayList<>();
    for (Field field : schema.fields()) {
      properties.put(field.name(), value(field.type()));
      if (!field.type().optional()) {
        required.add(Json.ofText(field.name()));
      }
    }
    to.put("properties", Json.object(properties));
    if (!required.isEmpty()) {
      to.put("required", Json.list(required));
    }
    to.put("additionalProperties", Json.of(schema.open()));
  }

  private static Json value(ValueType type) {
    Map<String, Json> members = new LinkedHashMap<>();
    DataType data = type.type();
    if (data instanceof DataType.ListOf list) {
      named("array", type, members);
      members.put("items", value(list.element()));
    } else if (data instanceof DataType.MapOf map) {
      named("object", type, members);
      members.put("additionalProperties", value(map.value()));
    } else if (data instanceof DataType.RecordOf record) {
      named("object", type, members);
      fields(record.schema(), members);
    } else if (data instanceof DataType.Decimal) {
      named("number", type, members);
    } else {
      simple(((DataType.Simple) data).kind(), type, members);
    }
    return Json.object(members);
  }

  private static void simple(DataType.Simple.Kind kind, ValueType type, Map<String, Json> members) {
    switch (kind) {
      case BOOLEAN -> named("boolean", type, members);
      case INT -> named("integer", type, members);
      case DOUBLE -> named("number", type, members);
      case STRING, DURATION -> named("string", type, members);
      case BYTES -> {
        named("string", type, members);
        members.put("contentEncoding", Json.ofText("base64"));
      }
      case TIMESTAMP -> {
        named("string", type, members);
        members.put("format", Json.ofText("date-time"));
      }
      case DATE -> {
        named("string", type, members);
        members.put("format", Json.ofText("date"));
      }
      case JSON -> {
        // Whatever there is.
      }
    }
  }

  private static void named(String name, ValueType type, Map<String, Json> members) {
    Json text = Json.ofText(name);
    members.put("type", type.optional() ? Json.list(List.of(text, Json.ofText("null"))) : text);
  }
}
