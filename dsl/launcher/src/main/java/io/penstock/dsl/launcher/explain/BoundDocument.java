package io.penstock.dsl.launcher.explain;

import io.penstock.api.option.Config;
import io.penstock.dsl.language.bind.BoundParameter;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.BoundTable;
import io.penstock.dsl.language.bind.RunOptions;
import io.penstock.dsl.language.bind.StepHead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A pipeline as bound, as a document: every option with its value, secrets masked. */
public final class BoundDocument {
  private BoundDocument() {}

  /** The document; sections without steps are left out. */
  public static Map<String, Object> of(BoundPipeline bound) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", bound.name().value());
    bound.description().ifPresent(text -> document.put("description", text));
    section(document, "parameters", parameters(bound));
    Map<String, Object> tables = new LinkedHashMap<>();
    for (BoundTable table : bound.tables()) {
      tables.put(table.head().name(), step(table.head(), table.source(), table.keys()));
    }
    section(document, "tables", tables);
    Map<String, Object> sources = new LinkedHashMap<>();
    bound
        .sources()
        .forEach(
            s -> sources.put(s.head().name(), step(s.head(), Optional.of(s.config()), s.keys())));
    section(document, "sources", sources);
    Map<String, Object> transforms = new LinkedHashMap<>();
    bound
        .transforms()
        .forEach(
            t ->
                transforms.put(t.head().name(), step(t.head(), Optional.of(t.config()), t.keys())));
    section(document, "transforms", transforms);
    Map<String, Object> sinks = new LinkedHashMap<>();
    bound
        .sinks()
        .forEach(
            s -> sinks.put(s.head().name(), step(s.head(), Optional.of(s.config()), s.keys())));
    section(document, "sinks", sinks);
    bound
        .deadLetter()
        .ifPresent(
            dead ->
                document.put(
                    "dead_letter", step(dead.head(), Optional.of(dead.sink()), dead.keys())));
    document.put("run", OptionValues.ofRecord(bound.run().orElseGet(RunOptions::none)));
    return document;
  }

  private static Map<String, Object> parameters(BoundPipeline bound) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (BoundParameter parameter : bound.parameters()) {
      Object value =
          parameter.secret()
              ? OptionValues.MASK
              : parameter.value().map(OptionValues::of).orElse("");
      parameters.put(parameter.name(), value);
    }
    return parameters;
  }

  private static void section(
      Map<String, Object> document, String name, Map<String, Object> steps) {
    if (!steps.isEmpty()) {
      document.put(name, steps);
    }
  }

  private static Map<String, Object> step(
      StepHead head, Optional<? extends Config> config, Record keys) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("at", head.origin().toString());
    if (config.isPresent() && config.get() instanceof Record options) {
      step.put(head.component(), OptionValues.ofRecord(options));
    }
    step.putAll(OptionValues.ofRecord(keys));
    return step;
  }
}
