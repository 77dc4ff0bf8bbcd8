package io.penstock.connectors.standard.json;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether values of a JSON Schema can be of declared types at all, by the types that it
 * names. What it says in other words ({@code $ref}, {@code oneOf}, patterns, limits) is not looked
 * at: values that do not fit are found one by one.
 */
final class JsonSchemaFit {
  private static final List<String> OTHER_WORDS =
      List.of("$ref", "$dynamicRef", "anyOf", "oneOf", "allOf", "not", "if");

  private final TextTypes types;

  private JsonSchemaFit(TextTypes types) {
    this.types = types;
  }

  /** Why records of a schema cannot be decoded like this; empty where they may. */
  static Optional<String> of(String text, Format.Decoding decoding) {
    return of(text, decoding.schema(), decoding.types());
  }

  /** Why rows cannot be records of a schema; empty where they may. */
  static Optional<String> of(String text, Schema rows) {
    return of(text, rows, TextTypes.standard());
  }

  private static Optional<String> of(String text, Schema rows, TextTypes types) {
    Json schema;
    try {
      schema = Json.parse(text);
    } catch (JsonProblem wrong) {
      return Optional.of("it is no JSON: " + wrong.text());
    }
    boolean anything = rows.open() && rows.fields().isEmpty();
    if (anything || isOther(schema)) {
      return Optional.empty();
    }
    List<String> names = names(schema);
    if (!names.isEmpty() && !names.contains("object")) {
      return Optional.of("records are " + shown(names) + " there, and a row is an object");
    }
    return new JsonSchemaFit(types).members(schema, rows, Optional.empty());
  }

  /** A schema that says nothing by the names of types, or not only. */
  private static boolean isOther(Json schema) {
    return schema.kind() != Json.Kind.OBJECT
        || OTHER_WORDS.stream().anyMatch(word -> schema.member(word).isPresent());
  }

  private static List<String> names(Json schema) {
    Optional<Json> type = schema.member("type");
    List<String> names = new ArrayList<>();
    type.flatMap(Json::asText).ifPresent(names::add);
    type.filter(t -> t.kind() == Json.Kind.LIST)
        .ifPresent(list -> list.elements().forEach(t -> t.asText().ifPresent(names::add)));
    return names;
  }

  private static String shown(List<String> names) {
    return String.join(" or ", names);
  }

  private Optional<String> members(Json schema, Schema declared, Optional<FieldPath> path) {
    boolean closed =
        schema
                .member("additionalProperties")
                .flatMap(Json::asBoolean)
                .map(allowed -> !allowed)
                .orElse(false)
            && schema.member("patternProperties").isEmpty();
    for (Field field : declared.fields()) {
      FieldPath inside = ValueDecoders.child(path, field.name());
      Optional<Json> property =
          schema.member("properties").flatMap(all -> all.member(field.name()));
      if (property.isEmpty() && closed && !field.type().optional()) {
        return Optional.of("it has no `" + inside + "`");
      }
      Optional<String> wrong = property.flatMap(p -> value(p, field.type(), inside));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> value(Json schema, ValueType declared, FieldPath path) {
    if (isOther(schema)) {
      return Optional.empty();
    }
    List<String> names = names(schema);
    if (!names.isEmpty() && names.stream().noneMatch(name -> isOne(name, declared, path))) {
      return Optional.of(
          "`" + path + "` is " + shown(names) + " there, and declared as " + declared);
    }
    if (declared.type() instanceof DataType.RecordOf record) {
      return members(schema, record.schema(), Optional.of(path));
    }
    if (declared.type() instanceof DataType.ListOf list) {
      return schema.member("items").flatMap(items -> value(items, list.element(), path));
    }
    if (declared.type() instanceof DataType.MapOf map) {
      return schema
          .member("additionalProperties")
          .flatMap(values -> value(values, map.value(), path));
    }
    return Optional.empty();
  }

  /** Whether a value of this name can be of a type. */
  private boolean isOne(String name, ValueType declared, FieldPath path) {
    return name.equals("null") && declared.optional()
        || names(declared.type(), path).contains(name)
        || declared.type().equals(DataType.JSON);
  }

  /** What values of a type may be called. */
  private Set<String> names(DataType type, FieldPath path) {
    if (type instanceof DataType.ListOf) {
      return Set.of("array");
    }
    if (type instanceof DataType.MapOf || type instanceof DataType.RecordOf) {
      return Set.of("object");
    }
    if (type instanceof DataType.Decimal) {
      return Set.of("number", "integer");
    }
    boolean epoch = types.pattern(path).filter(TextTypes.Epoch.class::isInstance).isPresent();
    return switch (((DataType.Simple) type).kind()) {
      case BOOLEAN -> Set.of("boolean");
      case INT, DOUBLE -> Set.of("number", "integer");
      case STRING, BYTES, DURATION -> Set.of("string");
      case TIMESTAMP, DATE -> epoch ? Set.of("number", "integer") : Set.of("string");
      case JSON -> Set.of();
    };
  }
}
