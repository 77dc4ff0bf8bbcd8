package io.penstock.dsl.language.document;

import io.penstock.api.option.Config;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.dsl.language.bind.ChainOptions;
import io.penstock.dsl.language.bind.DeadLetterKeys;
import io.penstock.dsl.language.bind.FunctionOptions;
import io.penstock.dsl.language.bind.ParameterOptions;
import io.penstock.dsl.language.bind.RunOptions;
import io.penstock.dsl.language.bind.SinkKeys;
import io.penstock.dsl.language.bind.SourceKeys;
import io.penstock.dsl.language.bind.TableKeys;
import io.penstock.dsl.language.bind.TransformKeys;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.OptionDeclaration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of a pipeline file, for editors and checks. */
public final class EditorSchema {
  private static final String NAME = "^[a-z][a-z0-9_]*$";

  private final Components components;
  private final OptionSchemas options;

  private EditorSchema(Components components) {
    this.components = components;
    this.options = new OptionSchemas(components);
  }

  /** The schema as JSON text, the same for the same components. */
  public static String of(Components components, Class<? extends Config> transforms) {
    ObjectNode schema = new EditorSchema(components).document(transforms);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(schema)
        + "\n";
  }

  private ObjectNode document(Class<? extends Config> transforms) {
    ObjectNode schema = options.object();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Penstock pipeline");
    schema.put("type", "object");
    ObjectNode keys = schema.putObject("properties");
    keys.putObject("version").putArray("enum").add(1).add("1");
    text(keys, "name", "The name under which state is kept; left out: the file's name.")
        .put("pattern", "^[a-z][a-z0-9_-]*$|\\$\\{");
    text(keys, "description", "What it is for.");
    keys.set("use", use());
    ObjectNode parameter = options.object();
    ArrayNode forms = parameter.putArray("anyOf");
    forms.add(options.types("string"));
    forms.add(options.options(components.record(ParameterOptions.class)));
    keys.set("parameters", named("Values given at the start.", parameter));
    keys.set("connections", named("Options that several components share.", connection()));
    keys.set("schemas", named("Types by name.", options.object()));
    ObjectNode patterns = named("Patterns for grok.", options.types("string", "number", "boolean"));
    patterns.remove("propertyNames");
    keys.set("patterns", patterns);
    keys.set(
        "functions",
        named(
            "Functions of this file's own.",
            options.options(components.record(FunctionOptions.class))));
    keys.set(
        "chains",
        named(
            "Chains of steps, called by `chain`.",
            options.options(components.record(ChainOptions.class))));
    keys.set(
        "tables",
        named("Lookup tables.", step(SourceConfig.class, TableKeys.class, List.of("rows"))));
    keys.set(
        "sources",
        named("Where rows come from.", step(SourceConfig.class, SourceKeys.class, List.of())));
    keys.set(
        "transforms",
        named("What is done with rows.", step(transforms, TransformKeys.class, List.of())));
    keys.set("sinks", named("Where rows go.", step(SinkConfig.class, SinkKeys.class, List.of())));
    ObjectNode deadLetter = step(SinkConfig.class, DeadLetterKeys.class, List.of());
    keys.set("dead_letter", deadLetter.put("description", "Where records go that fail."));
    keys.set(
        "run",
        options.options(components.record(RunOptions.class)).put("description", "How it is run."));
    schema.put("additionalProperties", false);
    schema.set("$defs", options.definitions());
    return schema;
  }

  private ObjectNode text(ObjectNode keys, String name, String description) {
    ObjectNode schema = options.types("string").put("description", description);
    keys.set(name, schema);
    return schema;
  }

  private ObjectNode use() {
    ObjectNode schema = options.object().put("description", "Files with shared pieces.");
    ArrayNode forms = schema.putArray("anyOf");
    forms.add(options.types("string"));
    ObjectNode list = options.types("array");
    list.set("items", options.types("string"));
    forms.add(list);
    return schema;
  }

  private ObjectNode connection() {
    ObjectNode component = options.types("object");
    component.set("additionalProperties", options.types("object"));
    return component.put("minProperties", 1).put("maxProperties", 1);
  }

  /** A section: names with what they are. */
  private ObjectNode named(String description, ObjectNode value) {
    ObjectNode schema = options.object();
    schema.set("type", options.array(List.of("object", "null")));
    schema.put("description", description);
    schema.putObject("propertyNames").put("pattern", NAME);
    schema.set("additionalProperties", value);
    return schema;
  }

  /** A step: keys beside one component. */
  private ObjectNode step(Class<?> role, Class<? extends Record> keys, List<String> instead) {
    ObjectNode schema = options.options(components.record(keys));
    ObjectNode properties = (ObjectNode) schema.get("properties");
    List<String> names = new ArrayList<>(instead);
    instead.forEach(name -> properties.set(name, options.types("array")));
    for (ComponentDeclaration declared : components.all(role)) {
      properties.set(declared.name(), options.component(role, declared));
      names.add(declared.name());
    }
    List<String> beside =
        components.record(keys).options().stream().map(OptionDeclaration::name).toList();
    options.one(schema, names, beside);
    return schema;
  }
}
