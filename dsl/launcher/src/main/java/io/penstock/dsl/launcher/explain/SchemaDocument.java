package io.penstock.dsl.launcher.explain;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a schema as a document: names with their types in words. */
final class SchemaDocument {
  private SchemaDocument() {}

  static Map<String, Object> fields(Schema schema) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      fields.put(field.name(), field.type().toString());
    }
    return fields;
  }
}
