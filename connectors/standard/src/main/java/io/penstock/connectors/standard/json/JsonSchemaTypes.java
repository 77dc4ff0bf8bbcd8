package io.penstock.connectors.standard.json;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.Nearest;
import io.penstock.json.Json;
import io.penstock.json.PlacedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types that a JSON Schema says, the other way round from {@link WrittenJsonSchema}. What
 * allows several types, or says them in words that have no type here, is json; limits, patterns and
 * conditions say nothing of types.
 */
final class JsonSchemaTypes {
  private static final int MOST_TYPES = 10_000;
  private static final int DEEPEST = 200;
  private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf");

  /** Words that say a type, or a part of one. */
  private static final List<String> SAYING =
      List.of(
          "$ref",
          "$dynamicRef",
          "type",
          "properties",
          "patternProperties",
          "additionalProperties",
          "items",
          "prefixItems",
          "enum",
          "const",
          "anyOf",
          "oneOf",
          "allOf");

  private static final Map<String, DataType> SIMPLE =
      Map.of(
          "boolean", DataType.BOOLEAN,
          "integer", DataType.INT,
          "number", DataType.DOUBLE,
          "string", DataType.STRING);
  private static final List<String> NAMES =
      List.of("string", "integer", "number", "boolean", "object", "array", "null");

  private final JsonSchemaFile file;

  /** What references name around the place that is read. */
  private final Set<PlacedJson> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private int count;

  JsonSchemaTypes(JsonSchemaFile file) {
    this.file = file;
  }

  /** The type of values of a schema; json where it is wrong, which is reported. */
  ValueType of(PlacedJson schema) {
    if (++count > MOST_TYPES) {
      if (count == MOST_TYPES + 1) {
        file.report(
            schema,
            "the schema has more than " + MOST_TYPES + " types in all",
            "write `true` for parts that may stay json");
      }
      return anything();
    }
    if (schema.asBoolean().orElse(false)) {
      return anything();
    }
    if (schema.kind() != Json.Kind.OBJECT) {
      file.report(
          schema,
          schema.asBoolean().isPresent()
              ? "`false` allows no value"
              : "a schema is an object, not " + shown(schema),
          schema.asBoolean().isPresent() ? "leave it out" : "write `{\"type\": \"string\"}`");
      return anything();
    }
    if (open.size() >= DEEPEST) {
      file.report(schema, "types inside types are deeper than " + DEEPEST, "write `true` there");
      return anything();
    }
    // A schema inside itself goes on for ever.
    if (!open.add(schema)) {
      return anything();
    }
    ValueType type = inside(schema);
    open.remove(schema);
    return type;
  }

  private ValueType inside(PlacedJson schema) {
    List<String> said = SAYING.stream().filter(w -> schema.members().containsKey(w)).toList();
    Optional<PlacedJson> reference = schema.member("$ref");
    if (reference.isPresent() && (said.size() == 1 || file.referencesStandAlone())) {
      return file.named(reference.get()).map(this::of).orElseGet(JsonSchemaTypes::anything);
    }
    List<String> choices =
        CHOICES.stream()
            .filter(word -> schema.member(word).filter(JsonSchemaTypes::saysTypes).isPresent())
            .toList();
    if (choices.size() == 1 && CHOICES.containsAll(said)) {
      return choice(schema, choices.get(0));
    }
    if (!choices.isEmpty() || said.contains("$ref") || said.contains("$dynamicRef")) {
      return anything();
    }
    return named(schema);
  }

  /** Whether any of these schemas says a type; else they only say which values are allowed. */
  private static boolean saysTypes(PlacedJson schemas) {
    return schemas.elements().stream().anyMatch(JsonSchemaTypes::saysType);
  }

  private static boolean saysType(PlacedJson schema) {
    return SAYING.stream().anyMatch(word -> schema.members().containsKey(word));
  }

  /** One of several schemas: their type where it is one, optional where null is among them. */
  private ValueType choice(PlacedJson schema, String word) {
    Set<DataType> types = new LinkedHashSet<>();
    boolean optional = false;
    List<PlacedJson> branches = schema.member(word).map(PlacedJson::elements).orElse(List.of());
    for (PlacedJson branch : branches) {
      if (isNull(branch)) {
        optional = true;
        continue;
      }
      // All of them hold, so one without a type takes nothing away.
      if (word.equals("allOf") && !saysType(branch)) {
        continue;
      }
      ValueType type = of(branch);
      optional |= type.optional();
      types.add(type.type());
    }
    return new ValueType(types.size() == 1 ? types.iterator().next() : DataType.JSON, optional);
  }

  private static boolean isNull(PlacedJson schema) {
    return schema.member("type").flatMap(PlacedJson::asText).filter("null"::equals).isPresent()
        || schema.member("const").filter(c -> c.kind() == Json.Kind.NULL).isPresent();
  }

  private ValueType named(PlacedJson schema) {
    List<String> names = new ArrayList<>(names(schema));
    boolean optional = names.remove("null");
    if (names.size() == 2 && names.containsAll(List.of("integer", "number"))) {
      names.remove("integer");
    }
    if (names.size() != 1) {
      return new ValueType(DataType.JSON, optional);
    }
    DataType type =
        switch (names.get(0)) {
          case "object" -> object(schema);
          case "array" ->
              new DataType.ListOf(
                  schema
                      .member("items")
                      .filter(items -> items.kind() != Json.Kind.LIST)
                      .filter(items -> schema.member("prefixItems").isEmpty())
                      .map(this::of)
                      .orElseGet(JsonSchemaTypes::anything));
          case "string" -> text(schema);
          default -> SIMPLE.getOrDefault(names.get(0), DataType.JSON);
        };
    return new ValueType(type, optional);
  }

  /**
   * The names of its types; those of its values, or of what only one type has, where it has none.
   */
  private Set<String> names(PlacedJson schema) {
    Optional<PlacedJson> written = schema.member("type");
    Set<String> names = new LinkedHashSet<>();
    if (written.isPresent()) {
      List<PlacedJson> all =
          written.get().kind() == Json.Kind.LIST
              ? written.get().elements()
              : List.of(written.get());
      for (PlacedJson one : all) {
        String name = one.asText().orElse("");
        if (NAMES.contains(name)) {
          names.add(name);
        } else {
          file.report(one, "unknown type " + shown(one), Nearest.hint(name, "types", NAMES));
        }
      }
      return names;
    }
    schema.member("enum").ifPresent(all -> all.elements().forEach(v -> names.add(name(v))));
    schema.member("const").ifPresent(value -> names.add(name(value)));
    boolean map =
        schema.member("additionalProperties").filter(v -> v.kind() == Json.Kind.OBJECT).isPresent();
    if (names.isEmpty() && (schema.member("properties").isPresent() || map)) {
      names.add("object");
    } else if (names.isEmpty() && schema.member("items").isPresent()) {
      names.add("array");
    }
    return names;
  }

  private static String name(PlacedJson value) {
    return switch (value.kind()) {
      case NULL -> "null";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.text().matches("-?[0-9]+") ? "integer" : "number";
      case TEXT -> "string";
      case LIST -> "array";
      case OBJECT -> "object";
    };
  }

  private static DataType text(PlacedJson schema) {
    String format = schema.member("format").flatMap(PlacedJson::asText).orElse("");
    String encoding = schema.member("contentEncoding").flatMap(PlacedJson::asText).orElse("");
    if (encoding.equals("base64")) {
      return DataType.BYTES;
    }
    return switch (format) {
      case "date-time" -> DataType.TIMESTAMP;
      case "date" -> DataType.DATE;
      default -> DataType.STRING;
    };
  }

  private DataType object(PlacedJson schema) {
    Map<String, PlacedJson> properties =
        schema.member("properties").map(PlacedJson::members).orElse(Map.of());
    Set<String> required = required(schema);
    if (!properties.isEmpty()) {
      return new DataType.RecordOf(record(properties, required));
    }
    Optional<PlacedJson> values =
        schema
            .member("additionalProperties")
            .filter(v -> v.kind() == Json.Kind.OBJECT && !v.members().isEmpty())
            .filter(v -> schema.member("patternProperties").isEmpty());
    return values.<DataType>map(v -> new DataType.MapOf(of(v))).orElse(DataType.JSON);
  }

  private Schema record(Map<String, PlacedJson> properties, Set<String> required) {
    Map<String, Field> fields = new LinkedHashMap<>();
    properties.forEach(
        (name, property) -> {
          if (name.isEmpty()) {
            file.report(property, "a property has no name", "name it");
          }
          ValueType type = of(property);
          fields.put(name, new Field(name, required.contains(name) ? type : type.asOptional()));
        });
    // What must be there and is said no more of is there all the same.
    required.forEach(name -> fields.putIfAbsent(name, new Field(name, anything())));
    return Schema.of(List.copyOf(fields.values()));
  }

  private Set<String> required(PlacedJson schema) {
    Optional<PlacedJson> written = schema.member("required");
    if (written.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new LinkedHashSet<>();
    if (written.get().kind() != Json.Kind.LIST) {
      file.report(
          written.get(),
          "`required` is a list of names, not " + shown(written.get()),
          "write `\"required\": [\"id\"]` beside `properties`");
    }
    for (PlacedJson one : written.get().elements()) {
      one.asText()
          .ifPresentOrElse(
              names::add,
              () -> file.report(one, "`required` names no " + shown(one), "write a text"));
    }
    return names;
  }

  private static ValueType anything() {
    return ValueType.required(DataType.JSON);
  }

  private static String shown(PlacedJson value) {
    return switch (value.kind()) {
      case LIST -> "a list";
      case OBJECT -> "an object";
      case TEXT, NUMBER, BOOLEAN, NULL -> "`" + value.text() + "`";
    };
  }
}
