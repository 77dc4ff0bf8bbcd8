package io.penstock.dsl.language.document;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.option.Config;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.dsl.language.bind.DeadLetterKeys;
import io.penstock.dsl.language.bind.EventTimeOptions;
import io.penstock.dsl.language.bind.ParameterOptions;
import io.penstock.dsl.language.bind.RunOptions;
import io.penstock.dsl.language.bind.SinkKeys;
import io.penstock.dsl.language.bind.SourceKeys;
import io.penstock.dsl.language.bind.StopAbove;
import io.penstock.dsl.language.bind.TableKeys;
import io.penstock.dsl.language.bind.TransformKeys;
import io.penstock.dsl.language.emission.EmitConfig;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.RecordDeclaration;
import io.penstock.dsl.language.schedule.ScheduleConfig;
import io.penstock.dsl.language.window.WindowConfig;
import java.util.List;
import java.util.Optional;

/** The reference of components, functions and codes, as Markdown. */
public final class Reference {
  private static final String RUN =
      "The options of `run:`. A file with a run block keeps its state: a second run goes on where"
          + " the first ended.";
  private static final String SCHEMAS =
      "A schema is a map of fields to types, the name of an entry of `schemas:`, or one of these with"
          + " a file: `schema: { avro: order.avsc }`. So it stands wherever a record's fields or a type"
          + " may stand, as in `lines: [{ avro: line.avsc }]`. The path is relative to the file in"
          + " which it is written, one that `use:` brings in among them; one of more than 1 MiB is refused. A map"
          + " of one such name to a text with a `.` or a `/` that is no type is a file; `{ avro: string"
          + " }` declares a field. What the file says beside names and types (limits, patterns,"
          + " defaults, aliases) is not used: `expect` checks values.";

  private final Components components;
  private final Class<? extends Config> transforms;
  private final StringBuilder out = new StringBuilder();
  private final OptionTable table;

  private Reference(Components components, Class<? extends Config> transforms) {
    this.components = components;
    this.transforms = transforms;
    this.table = new OptionTable(components, out);
  }

  /** The whole reference, the same for the same declarations. */
  public static String of(
      Components components, Class<? extends Config> transforms, List<FunctionPage> functions) {
    return new Reference(components, transforms).document(functions);
  }

  /** The page of a component, a function or a code; empty where there is none of this name. */
  public static Optional<String> page(
      Components components,
      Class<? extends Config> transforms,
      List<FunctionPage> functions,
      String name) {
    Reference reference = new Reference(components, transforms);
    for (Class<?> role : reference.roles()) {
      components
          .find(role, name)
          .ifPresent(c -> reference.component(OptionSchemas.noun(role) + " ", c));
    }
    functions.stream().filter(f -> f.name().equals(name)).forEach(reference::function);
    for (ProblemCode code : ProblemCode.values()) {
      if (code.name().equals(name)) {
        reference.out.append("### ").append(code).append(": ").append(code.title()).append("\n\n");
        reference.out.append(code.page()).append("\n");
      }
    }
    return reference.out.isEmpty()
        ? Optional.empty()
        : Optional.of(reference.out.toString().strip() + "\n");
  }

  private List<Class<?>> roles() {
    return List.of(
        SourceConfig.class,
        transforms,
        SinkConfig.class,
        LookupConfig.class,
        FormatConfig.class,
        SchemaConfig.class,
        ScheduleConfig.class,
        WindowConfig.class,
        EmitConfig.class);
  }

  private String document(List<FunctionPage> functions) {
    out.append("# Reference\n\nMade from the declarations in the code; do not edit.\n\n");
    keys(
        "Parameters",
        "`parameters:` holds names with these keys, or a type alone.",
        ParameterOptions.class);
    role("Sources", SourceConfig.class, SourceKeys.class);
    keys("Event time", "The options of `event_time`.", EventTimeOptions.class);
    keys("Tables", "A table is any source, or `rows:` with a list of maps.", TableKeys.class);
    role("Transforms", transforms, TransformKeys.class);
    out.append("## Lookups\n\nWhat `lookup` may ask in place of a table.\n\n");
    components.all(LookupConfig.class).forEach(c -> component("", c));
    role("Sinks", SinkConfig.class, SinkKeys.class);
    keys("Dead letters", "`dead_letter:` is any sink.", DeadLetterKeys.class);
    keys("Stop above", "The options of `stop_above`.", StopAbove.class);
    out.append("## Formats\n\n");
    components.all(FormatConfig.class).forEach(c -> component("", c));
    out.append("## Schemas\n\n").append(SCHEMAS).append("\n\n");
    components.all(SchemaConfig.class).forEach(c -> component("", c));
    keys("Run", RUN, RunOptions.class);
    out.append("## Schedules\n\n");
    components.all(ScheduleConfig.class).forEach(c -> component("", c));
    out.append("## Windows\n\n");
    components.all(WindowConfig.class).forEach(c -> component("", c));
    out.append("## Emit\n\n");
    components.all(EmitConfig.class).forEach(c -> component("", c));
    values();
    functions(functions);
    codes();
    return out.toString().strip() + "\n";
  }

  private void role(String title, Class<?> role, Class<? extends Record> keys) {
    out.append("## ").append(title).append("\n\nKeys beside the component:\n\n");
    table.of(components.record(keys));
    components.all(role).forEach(c -> component("", c));
  }

  private void keys(String title, String text, Class<? extends Record> keys) {
    out.append("## ").append(title).append("\n\n").append(text).append("\n\n");
    table.of(components.record(keys));
  }

  private void component(String before, ComponentDeclaration component) {
    out.append("### ").append(before).append('`').append(component.name()).append("`\n\n");
    out.append(component.summary()).append("\n\n");
    out.append("```yaml\n").append(component.example()).append("\n```\n\n");
    if (!component.suffixes().isEmpty()) {
      out.append("Follows from names that end in ");
      out.append(String.join(", ", component.suffixes().stream().map(s -> "`" + s + "`").toList()));
      out.append(".\n\n");
    }
    RecordDeclaration record = component.record();
    if (record.options().isEmpty()) {
      out.append("It has no options.\n\n");
    } else {
      table.of(record);
    }
  }

  private void values() {
    out.append("## Values\n\n| value | written |\n|---|---|\n");
    out.append("| duration | `250ms` `10s` `5m` `2h` `1d` |\n");
    out.append("| size | `500B` `64KiB` `16MiB` `1GiB`, and `10MB` = 10,000,000 bytes |\n");
    out.append("| rate | `100/s` `10/m` `5/h` |\n| share | `1%` `0.5%` |\n\n");
  }

  private void functions(List<FunctionPage> functions) {
    if (functions.isEmpty()) {
      return;
    }
    out.append("## Functions\n\n");
    String family = "";
    for (FunctionPage function : functions) {
      if (!function.family().equals(family)) {
        family = function.family();
        out.append("### ").append(family).append("\n\n");
      }
      function(function);
    }
  }

  private void function(FunctionPage function) {
    out.append("#### `").append(function.signature()).append("`\n\n");
    out.append(function.summary()).append("\n\n");
    if (!function.examples().isEmpty()) {
      out.append("```\n").append(String.join("\n", function.examples())).append("\n```\n\n");
    }
    for (FunctionPage.Names list : function.lists()) {
      out.append(list.heading()).append(": `");
      out.append(String.join("` `", list.names())).append("`\n\n");
    }
  }

  private void codes() {
    out.append("## Codes\n\n| code | what is wrong | what to do |\n|---|---|---|\n");
    for (ProblemCode code : ProblemCode.values()) {
      out.append("| ").append(code).append(" | ").append(OptionTable.cell(code.title()));
      out.append(" | ").append(OptionTable.cell(code.page())).append(" |\n");
    }
  }
}
