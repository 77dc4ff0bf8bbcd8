package io.penstock.dsl.language.document;

import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.Connectable;
import io.penstock.dsl.language.option.OptionDeclaration;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.option.OptionType.Kind;
import io.penstock.dsl.language.option.RecordDeclaration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of options. A scalar may always be written as a text too, because YAML's own types do not
 * count and a variable may stand there.
 */
final class OptionSchemas {
  private static final String VARIABLE = "\\$\\{";

  private final Components components;
  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final TreeMap<String, ObjectNode> definitions = new TreeMap<>();

  OptionSchemas(Components components) {
    this.components = components;
  }

  /** The definitions that the schemas made so far refer to. */
  ObjectNode definitions() {
    ObjectNode all = json.objectNode();
    definitions.forEach(all::set);
    return all;
  }

  ObjectNode object() {
    return json.objectNode();
  }

  ArrayNode array(List<String> texts) {
    ArrayNode array = json.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  /** A component's options in all the forms that they may take. */
  ObjectNode component(Class<?> role, ComponentDeclaration declared) {
    String name = noun(role) + "." + declared.name();
    return defined(
        name,
        () -> {
          ObjectNode schema = forms(declared.record(), Connectable.is(declared));
          schema.put("description", declared.summary());
          return schema;
        });
  }

  /** An option's value. */
  ObjectNode option(OptionDeclaration option) {
    ObjectNode schema = value(option.type(), option.range());
    schema.put("description", option.summary());
    option.byDefault().ifPresent(text -> schema.put("default", text));
    return schema;
  }

  /** A map of options, and nothing else. */
  ObjectNode options(RecordDeclaration declared) {
    ObjectNode schema = object();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (OptionDeclaration one : declared.options()) {
      if (one.type() instanceof OptionType.Named named) {
        components
            .all(named.role())
            .forEach(c -> properties.set(c.name(), component(named.role(), c)));
      } else {
        properties.set(one.name(), option(one));
      }
    }
    List<String> required =
        declared.options().stream()
            .filter(OptionDeclaration::mustBeWritten)
            .map(OptionDeclaration::name)
            .toList();
    if (!required.isEmpty()) {
      schema.set("required", array(required));
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  /** Options of which a connection may give some. */
  private ObjectNode connectable(RecordDeclaration declared) {
    ObjectNode schema = options(declared);
    ((ObjectNode) schema.get("properties"))
        .set(
            Connectable.OPTION,
            types("string").put("description", "An entry of `connections`, which gives options."));
    if (schema.has("required")) {
      schema.putObject("if").putObject("not").set("required", array(List.of(Connectable.OPTION)));
      schema.putObject("then").set("required", schema.remove("required"));
    }
    return schema;
  }

  /** A record's options: a map, the main option's value alone, or nothing. */
  private ObjectNode forms(RecordDeclaration declared, boolean connectable) {
    ObjectNode map = connectable ? connectable(declared) : options(declared);
    Optional<OptionDeclaration> main = declared.main();
    boolean nothing = declared.options().stream().noneMatch(OptionDeclaration::mustBeWritten);
    boolean mainAlone =
        main.isPresent()
            && declared.options().stream()
                .noneMatch(o -> o.mustBeWritten() && !o.equals(main.get()));
    if (!nothing && !mainAlone) {
      return map;
    }
    ObjectNode schema = object();
    ArrayNode forms = schema.putArray("anyOf");
    if (main.isPresent() && mainAlone) {
      forms.add(option(main.get()));
    }
    boolean isMap = main.isPresent() && declared.options().size() == 1 && isMap(main.get().type());
    if (!isMap) {
      forms.add(map);
    }
    if (nothing) {
      forms.addObject().put("type", "null");
    }
    return schema;
  }

  private static boolean isMap(OptionType type) {
    return type instanceof OptionType.MapOf
        || type instanceof OptionType.AssignmentsOf
        || type instanceof OptionType.SelectionsOf;
  }

  private ObjectNode value(OptionType type, OptionDeclaration.Range range) {
    if (type instanceof OptionType.Simple simple) {
      return simple(simple.kind(), range);
    }
    if (type instanceof OptionType.PlacedOf placed) {
      return value(placed.value(), range);
    }
    if (type instanceof OptionType.Words words) {
      return words(words.words());
    }
    if (type instanceof OptionType.Expression) {
      return types("string", "number", "boolean", "array", "object");
    }
    if (type instanceof OptionType.Node || type instanceof OptionType.Literal) {
      return object();
    }
    if (type instanceof OptionType.Group group) {
      RecordDeclaration declared = components.record(group.type());
      return defined("group." + name(group.type()), () -> forms(declared, false));
    }
    if (type instanceof OptionType.Choice choice) {
      return choice(choice);
    }
    return many(type, range);
  }

  private ObjectNode many(OptionType type, OptionDeclaration.Range range) {
    if (type instanceof OptionType.ListOf list) {
      return list(value(list.element(), range));
    }
    if (type instanceof OptionType.OneOrManyOf either) {
      ObjectNode schema = object();
      ArrayNode forms = schema.putArray("anyOf");
      forms.add(value(either.element(), range));
      forms.add(list(value(either.element(), range)).put("minItems", 1));
      return schema;
    }
    if (type instanceof OptionType.MapOf map) {
      return map(value(map.value(), range));
    }
    if (type instanceof OptionType.AssignmentsOf assignments) {
      return map(value(assignments.value(), range));
    }
    OptionType element = ((OptionType.SelectionsOf) type).value();
    ObjectNode schema = object();
    ArrayNode forms = schema.putArray("anyOf");
    forms.add(map(value(element, range)));
    ObjectNode entry = object();
    entry
        .putArray("anyOf")
        .add(types("string", "number", "boolean"))
        .add(map(value(element, range)));
    forms.add(list(entry));
    return schema;
  }

  private ObjectNode list(ObjectNode items) {
    ObjectNode schema = types("array");
    schema.set("items", items);
    return schema;
  }

  private ObjectNode map(ObjectNode values) {
    ObjectNode schema = types("object");
    schema.set("additionalProperties", values);
    return schema;
  }

  private ObjectNode choice(OptionType.Choice choice) {
    String name = noun(choice.role()) + (choice.chosen() ? "_step" : "");
    return defined(name, () -> chosen(choice.role(), choice.chosen()));
  }

  /** A component by its name alone, or a map of one component to its options. */
  private ObjectNode chosen(Class<?> role, boolean isStep) {
    ObjectNode schema = object();
    ArrayNode forms = schema.putArray("anyOf");
    forms.addObject().set("enum", array(components.names(role)));
    ObjectNode map = forms.addObject();
    map.put("type", "object");
    ObjectNode properties = map.putObject("properties");
    for (ComponentDeclaration declared : components.all(role)) {
      if (!isStep && declared.hasOptionsBeside()) {
        forms.add(options(declared.record()));
      } else {
        properties.set(declared.name(), component(role, declared));
      }
    }
    map.put("additionalProperties", false);
    if (isStep) {
      properties.set("when", types("string", "number", "boolean", "array", "object"));
      properties.set("description", types("string", "number", "boolean"));
      one(map, components.names(role), List.of("when", "description"));
    } else {
      map.put("minProperties", 1).put("maxProperties", 1);
    }
    return schema;
  }

  /** Exactly one of these properties, beside others. */
  void one(ObjectNode schema, List<String> names, List<String> beside) {
    ArrayNode any = schema.putArray("anyOf");
    ArrayNode all = schema.putArray("allOf");
    for (String name : names) {
      any.addObject().set("required", array(List.of(name)));
      ObjectNode rule = all.addObject();
      rule.putObject("if").set("required", array(List.of(name)));
      ArrayNode allowed = array(beside);
      allowed.add(name);
      rule.putObject("then").putObject("propertyNames").set("enum", allowed);
    }
  }

  private ObjectNode simple(Kind kind, OptionDeclaration.Range range) {
    return switch (kind) {
      case TEXT, PATH, TEMPLATE, CHARSET, ZONE, FILE -> types("string", "number", "boolean");
      case CHARACTER -> text("^.$");
      case BOOLEAN -> types("boolean", "string").put("pattern", "^(true|false)$|" + VARIABLE);
      case INT, LONG -> number("integer", "^[-+]?[0-9][0-9_]*$", range);
      case DOUBLE, DECIMAL -> number("number", "^[-+]?[0-9]", range);
      case DURATION -> text("^-?[0-9]{1,18}(us|ms|s|m|h|d)$");
      case OUT_OF_ORDER -> text("^([0-9]{1,18}(us|ms|s|m|h|d)|unbounded)$");
      case PATIENCE -> text("^([0-9]{1,18}(us|ms|s|m|h|d)|never)$");
      case SPAN -> text("^-?[0-9]{1,9}(us|ms|s|m|h|d|w|mo|y)$");
      case SIZE -> text("^[0-9]{1,18}([KMGT]i?B|B)$");
      case RATE -> text("^[0-9]{1,18}/(s|m|h|d)$");
      case SHARE -> text("^[0-9]{1,9}(\\.[0-9]{1,15})?%$");
    };
  }

  private ObjectNode number(String type, String pattern, OptionDeclaration.Range range) {
    ObjectNode schema = types(type, "string").put("pattern", pattern + "|" + VARIABLE);
    if (range.least() != Long.MIN_VALUE) {
      schema.put("minimum", range.least());
    }
    if (range.most() != Long.MAX_VALUE) {
      schema.put("maximum", range.most());
    }
    return schema;
  }

  /** YAML reads {@code true}, {@code null} and numbers as other types than text. */
  private ObjectNode words(List<String> words) {
    ObjectNode schema = object();
    ArrayNode forms = schema.putArray("anyOf");
    ArrayNode list = forms.addObject().putArray("enum");
    for (String word : words) {
      list.add(word);
      if (word.equals("true") || word.equals("false")) {
        list.add(word.equals("true"));
      } else if (word.equals("null")) {
        list.addNull();
      }
    }
    forms.addObject().put("type", "string").put("pattern", VARIABLE);
    return schema;
  }

  private ObjectNode text(String pattern) {
    return types("string").put("pattern", pattern + "|" + VARIABLE);
  }

  ObjectNode types(String... types) {
    ObjectNode schema = object();
    if (types.length == 1) {
      schema.put("type", types[0]);
    } else {
      schema.set("type", array(List.of(types)));
    }
    return schema;
  }

  /** A reference to a definition, which is made when it is first asked for. */
  private ObjectNode defined(String name, java.util.function.Supplier<ObjectNode> make) {
    if (!definitions.containsKey(name)) {
      definitions.put(name, object());
      definitions.put(name, make.get());
    }
    return object().put("$ref", "#/$defs/" + name);
  }

  static String noun(Class<?> role) {
    return role.getSimpleName().replace("Config", "").toLowerCase(Locale.ROOT);
  }

  private static String name(Class<?> group) {
    Class<?> outer = group.getEnclosingClass();
    String inner = group.getSimpleName().toLowerCase(Locale.ROOT);
    return outer == null ? inner : outer.getSimpleName().toLowerCase(Locale.ROOT) + "." + inner;
  }
}
