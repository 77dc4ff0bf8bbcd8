package io.penstock.dsl.language.bind;

import io.penstock.api.option.Config;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.dsl.language.bind.StepBinder.Kind;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds the sections of steps and keeps what came of them. */
final class Sections {
  private static final Kind SOURCE = new Kind("source", SourceConfig.class, SourceKeys.class, "");
  private static final Kind SINK = new Kind("sink", SinkConfig.class, SinkKeys.class, "");
  private static final Kind TABLE = new Kind("table", SourceConfig.class, TableKeys.class, "rows");
  private static final Kind DEAD_LETTER =
      new Kind("sink", SinkConfig.class, DeadLetterKeys.class, "");

  private final StepBinder binder;
  private final Names names;
  private final Problems problems;
  private final Kind transform;
  private final List<BoundTable> tables = new ArrayList<>();
  private final List<BoundSource> sources = new ArrayList<>();
  private final List<BoundTransform> transforms = new ArrayList<>();
  private final List<BoundSink> sinks = new ArrayList<>();
  private final List<Placed<String>> unboundTables = new ArrayList<>();
  private final List<Placed<String>> unboundSources = new ArrayList<>();
  private final Map<String, SyntaxNode> unboundSchemas = new HashMap<>();
  private final Set<String> unboundTimed = new HashSet<>();
  private final List<Placed<String>> unboundTransforms = new ArrayList<>();
  private final List<Placed<String>> unboundSinks = new ArrayList<>();

  Sections(
      StepBinder binder, Names names, Problems problems, Class<? extends Config> transformRole) {
    this.binder = binder;
    this.names = names;
    this.problems = problems;
    this.transform = new Kind("transform", transformRole, TransformKeys.class, "");
  }

  void sources(Mapping section) {
    for (Mapping.Entry entry : section.entries()) {
      names.declare("steps", "source", entry.key());
      binder
          .bind(SOURCE, entry.key(), entry.value())
          .ifPresentOrElse(
              b ->
                  sources.add(
                      new BoundSource(b.head(), (SourceConfig) config(b), (SourceKeys) b.keys())),
              () -> unbound(entry));
    }
  }

  private void unbound(Mapping.Entry source) {
    unboundSources.add(named(source));
    if (source.value() instanceof Mapping keys) {
      keys.entries().stream()
          .filter(key -> key.name().equals("schema"))
          .forEach(key -> unboundSchemas.put(source.name(), key.value()));
      if (keys.entries().stream().anyMatch(key -> key.name().equals("event_time"))) {
        unboundTimed.add(source.name());
      }
    }
  }

  void transforms(Mapping section) {
    for (Mapping.Entry entry : section.entries()) {
      names.declare("steps", "transform", entry.key());
      binder
          .bind(transform, entry.key(), entry.value())
          .ifPresentOrElse(
              b ->
                  transforms.add(new BoundTransform(b.head(), config(b), (TransformKeys) b.keys())),
              () -> unboundTransforms.add(named(entry)));
    }
  }

  void sinks(Mapping section) {
    for (Mapping.Entry entry : section.entries()) {
      names.declare("sinks", "sink", entry.key());
      binder
          .bind(SINK, entry.key(), entry.value())
          .ifPresentOrElse(
              b -> sinks.add(new BoundSink(b.head(), (SinkConfig) config(b), (SinkKeys) b.keys())),
              () -> unboundSinks.add(named(entry)));
    }
  }

  void tables(Mapping section) {
    for (Mapping.Entry entry : section.entries()) {
      names.declare("steps", "table", entry.key());
      binder
          .bind(TABLE, entry.key(), entry.value())
          .flatMap(this::table)
          .ifPresentOrElse(tables::add, () -> unboundTables.add(named(entry)));
    }
  }

  Optional<BoundDeadLetter> deadLetter(Mapping.Entry entry) {
    return binder
        .bind(DEAD_LETTER, entry.key(), entry.value())
        .map(b -> new BoundDeadLetter(b.head(), (SinkConfig) config(b), (DeadLetterKeys) b.keys()));
  }

  List<BoundTable> tables() {
    return tables;
  }

  List<BoundSource> sources() {
    return sources;
  }

  List<BoundTransform> transforms() {
    return transforms;
  }

  List<BoundSink> sinks() {
    return sinks;
  }

  /**
   * What could not be bound.
   *
   * @param schedule whether that is so of the run's schedule
   */
  BoundPipeline.Unbound unbound(boolean schedule) {
    return new BoundPipeline.Unbound(
        unboundTables,
        unboundSources,
        unboundTransforms,
        unboundSinks,
        unboundSchemas,
        schedule,
        unboundTimed);
  }

  private Optional<BoundTable> table(StepBinder.Bound bound) {
    TableKeys keys = (TableKeys) bound.keys();
    if (bound.instead().isEmpty()) {
      return Optional.of(
          new BoundTable(
              bound.head(), bound.config().map(SourceConfig.class::cast), Optional.empty(), keys));
    }
    SyntaxNode rows = bound.instead().get();
    if (rows instanceof Sequence sequence
        && sequence.elements().stream().allMatch(Mapping.class::isInstance)) {
      return Optional.of(
          new BoundTable(bound.head(), Optional.empty(), Optional.of(sequence), keys));
    }
    problems.add(
        ProblemCode.E104,
        rows.origin(),
        "`rows` must be a list of maps, not "
            + (rows instanceof Sequence ? "a list of other things" : rows.kind()),
        "write `rows: [{ code: FR, name: France }]`");
    return Optional.empty();
  }

  private static Placed<String> named(Mapping.Entry entry) {
    return new Placed<>(entry.name(), entry.key().origin());
  }

  private static Config config(StepBinder.Bound bound) {
    return bound.config().orElseThrow();
  }
}
