package io.penstock.dsl.language.check;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.StepOutputs;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.BoundSink;
import io.penstock.dsl.language.bind.BoundTransform;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.transform.Route;
import io.penstock.dsl.language.transform.TransformConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which step reads which: names looked up, {@code from} filled in where it is left out. */
final class Edges {
  private static final String FAILED = "failed";

  private final Problems problems;
  private final Map<Section, Map<String, List<String>>> outputs = new HashMap<>();
  private final Map<Section, Set<String>> unbound = new HashMap<>();
  private final Set<String> tables = new LinkedHashSet<>();
  private final Map<String, Outlet> beside = new HashMap<>();
  private final Map<String, TransformConfig> timed = new HashMap<>();
  private final List<Placed<String>> order = new ArrayList<>();
  private final Map<String, Optional<List<Outlet>>> read = new HashMap<>();

  Edges(BoundPipeline pipeline, Problems problems) {
    this.problems = problems;
    for (Section section : Section.values()) {
      outputs.put(section, new java.util.LinkedHashMap<>());
      unbound.put(section, new LinkedHashSet<>());
    }
    pipeline.sources().forEach(s -> declare(Section.SOURCES, s.head(), List.of()));
    pipeline.transforms().forEach(this::declare);
    pipeline.sinks().forEach(s -> declare(Section.SINKS, s.head(), List.of()));
    pipeline.tables().forEach(t -> tables.add(t.head().name()));
    pipeline.unbound().tables().forEach(t -> tables.add(t.value()));
    missing(Section.SOURCES, pipeline.unbound().sources());
    missing(Section.TRANSFORMS, pipeline.unbound().transforms());
    missing(Section.SINKS, pipeline.unbound().sinks());
    order.addAll(pipeline.unbound().transforms());
    order.sort(Comparator.comparing(Placed::origin));
    pipeline.transforms().forEach(t -> resolve(t, pipeline));
    pipeline.sinks().forEach(this::resolve);
  }

  private void declare(BoundTransform transform) {
    TransformConfig config = (TransformConfig) transform.config();
    List<String> cases = new ArrayList<>();
    if (config instanceof Route route) {
      route.cases().entries().forEach(e -> cases.add(String.join(".", e.name().names())));
      cases.add("otherwise");
    }
    declare(Section.TRANSFORMS, transform.head(), cases);
    if (config.keepsByTime()) {
      timed.putIfAbsent(transform.head().name(), config);
    }
    order.add(new Placed<>(transform.head().name(), transform.head().origin()));
  }

  private void declare(Section section, StepHead head, List<String> cases) {
    of(outputs, section).putIfAbsent(head.name(), cases);
  }

  private void missing(Section section, List<Placed<String>> names) {
    names.forEach(name -> of(unbound, section).add(name.value()));
  }

  private static <K, T> T of(Map<K, T> map, K key) {
    return java.util.Objects.requireNonNull(map.get(key));
  }

  /** What a step reads, in order; empty where that is not known, which is reported. */
  Optional<List<Outlet>> read(Section section, String step) {
    return read.getOrDefault(Outlet.key(section, step), Optional.empty());
  }

  /** What a transform reads beside its own input, if anything that is known. */
  Optional<Outlet> beside(String step) {
    return Optional.ofNullable(beside.get(step));
  }

  /** Everything that a step reads, as far as it is known. */
  List<Outlet> all(Section section, String step) {
    List<Outlet> all = new ArrayList<>(read(section, step).orElse(List.of()));
    if (section == Section.TRANSFORMS) {
      beside(step).ifPresent(all::add);
    }
    return all;
  }

  /** All that is read by anybody. */
  Set<Outlet> allRead() {
    Set<Outlet> all = new HashSet<>(beside.values());
    read.values().forEach(list -> list.ifPresent(all::addAll));
    return all;
  }

  /** Whether a step keeps rows by their time. */
  boolean isTimed(Outlet outlet) {
    return outlet.section() == Section.TRANSFORMS && timed.containsKey(outlet.step());
  }

  /** Whether a step has windows, some of which a row may miss. */
  boolean hasWindows(Outlet outlet) {
    return isTimed(outlet) && of(timed, outlet.step()).hasWindows();
  }

  /** The named outputs of a step; none where it has the main one. */
  List<String> outputs(Section section, String step) {
    return of(outputs, section).getOrDefault(step, List.of());
  }

  /** Whether a step of the file could not be bound, so that nobody knows what it reads. */
  boolean isPartial() {
    return !of(unbound, Section.TRANSFORMS).isEmpty()
        || !of(unbound, Section.SINKS).isEmpty()
        || read.values().stream().anyMatch(Optional::isEmpty);
  }

  private void resolve(BoundTransform transform, BoundPipeline pipeline) {
    StepHead head = transform.head();
    read.put(
        Outlet.key(Section.TRANSFORMS, head.name()),
        transform.keys().from().isPresent()
            ? written(transform.keys().from().get())
            : above(head, pipeline));
    ((TransformConfig) transform.config())
        .reads()
        .flatMap(this::named)
        .ifPresent(other -> beside.putIfAbsent(head.name(), other));
  }

  private void resolve(BoundSink sink) {
    StepHead head = sink.head();
    Optional<OneOrMany<Placed<String>>> from = sink.keys().from();
    Optional<List<Outlet>> inputs =
        from.isPresent()
            ? written(from.get())
            : order.isEmpty() ? onlySource(head) : step(order.get(order.size() - 1), head);
    read.put(Outlet.key(Section.SINKS, head.name()), inputs);
  }

  private Optional<List<Outlet>> written(OneOrMany<Placed<String>> from) {
    List<Outlet> found = new ArrayList<>();
    for (Placed<String> one : from.values()) {
      named(one).ifPresent(found::add);
    }
    return found.size() == from.values().size() ? Optional.of(found) : Optional.empty();
  }

  private Optional<List<Outlet>> above(StepHead head, BoundPipeline pipeline) {
    int index = 0;
    while (!order.get(index).origin().equals(head.origin())) {
      index++;
    }
    return index == 0 ? onlySource(head) : step(order.get(index - 1), head);
  }

  private Optional<List<Outlet>> onlySource(StepHead head) {
    Set<String> sources = new LinkedHashSet<>(of(outputs, Section.SOURCES).keySet());
    sources.addAll(of(unbound, Section.SOURCES));
    if (sources.size() > 1) {
      problems.add(
          ProblemCode.E205,
          head.origin(),
          "`"
              + head.name()
              + "` does not say what it reads, and there are "
              + sources.size()
              + " sources",
          "add `from:` with one of " + String.join(", ", sources));
    }
    if (sources.size() != 1) {
      return Optional.empty();
    }
    return known(Section.SOURCES, sources.iterator().next(), "", head.origin()).map(List::of);
  }

  private Optional<List<Outlet>> step(Placed<String> above, StepHead reader) {
    List<String> cases = outputs(Section.TRANSFORMS, above.value());
    if (!cases.isEmpty()) {
      problems.add(
          ProblemCode.E205,
          reader.origin(),
          "`" + reader.name() + "` does not say which output of `" + above.value() + "` it reads",
          "add `from:` with one of " + choices(above.value(), cases));
      return Optional.empty();
    }
    return known(Section.TRANSFORMS, above.value(), "", above.origin()).map(List::of);
  }

  private static String choices(String step, List<String> cases) {
    return String.join(", ", cases.stream().map(c -> step + "." + c).toList());
  }

  /** {@code step}, {@code step.output}, {@code sinks.step.failed}. */
  private Optional<Outlet> named(Placed<String> from) {
    String text = from.value().trim();
    List<String> parts = List.of(text.split("\\.", -1));
    Optional<Section> prefix = section(parts.get(0));
    if (parts.size() > 1 && prefix.isPresent() && !exists(parts.get(0))) {
      String output = String.join(".", parts.subList(2, parts.size()));
      return lookUp(prefix.get(), parts.get(1), output, from);
    }
    String output = String.join(".", parts.subList(1, parts.size()));
    boolean transform = has(Section.TRANSFORMS, parts.get(0));
    boolean source = has(Section.SOURCES, parts.get(0));
    if (!transform && !source) {
      unknown(parts.get(0), from);
      return Optional.empty();
    }
    return lookUp(transform ? Section.TRANSFORMS : Section.SOURCES, parts.get(0), output, from);
  }

  private static Optional<Section> section(String name) {
    for (Section section : Section.values()) {
      if (section.name().toLowerCase(java.util.Locale.ROOT).equals(name)) {
        return Optional.of(section);
      }
    }
    return Optional.empty();
  }

  private boolean exists(String name) {
    return has(Section.TRANSFORMS, name) || has(Section.SOURCES, name);
  }

  private boolean has(Section section, String name) {
    return of(outputs, section).containsKey(name) || of(unbound, section).contains(name);
  }

  private Optional<Outlet> lookUp(
      Section section, String step, String output, Placed<String> from) {
    if (!has(section, step) && section == Section.SINKS) {
      List<String> sinks = new ArrayList<>(of(outputs, section).keySet());
      sinks.addAll(of(unbound, section));
      problems.add(
          ProblemCode.E203,
          from.origin(),
          "unknown sink `" + step + "`",
          Nearest.hint(step, "sinks", sinks));
      return Optional.empty();
    }
    if (!has(section, step)) {
      unknown(step, from);
      return Optional.empty();
    }
    if (section == Section.SINKS && !output.equals(FAILED)) {
      problems.add(
          ProblemCode.E204,
          from.origin(),
          "a sink has no output but `failed`, not `" + from.value() + "`",
          "read the step that the sink reads, or `sinks." + step + ".failed`");
      return Optional.empty();
    }
    return known(section, step, output, from.origin());
  }

  private Optional<Outlet> known(Section section, String step, String output, Origin at) {
    if (of(unbound, section).contains(step)) {
      // What a source declares is known even where it could not be bound.
      boolean declared = section == Section.SOURCES && output.isEmpty();
      return declared ? Optional.of(new Outlet(section, step, output)) : Optional.empty();
    }
    List<String> cases = outputs(section, step);
    if (output.isEmpty() && !cases.isEmpty()) {
      problems.add(
          ProblemCode.E205,
          at,
          "`" + step + "` has several outputs, and `from` names none of them",
          "write one of " + choices(step, cases));
      return Optional.empty();
    }
    boolean late = output.equals(StepOutputs.LATE) && isTimed(new Outlet(section, step, output));
    if (!output.isEmpty() && !output.equals(FAILED) && !late && !cases.contains(output)) {
      List<String> names = new ArrayList<>(cases);
      names.add(FAILED);
      problems.add(
          ProblemCode.E204,
          at,
          "`" + step + "` has no output `" + output + "`",
          output.equals(StepOutputs.LATE)
              ? "only a step that keeps rows by their time has late ones, such as one with `window`"
              : Nearest.hint(output, "outputs", names));
      return Optional.empty();
    }
    return Optional.of(new Outlet(section, step, output));
  }

  private void unknown(String name, Placed<String> from) {
    if (tables.contains(name)) {
      problems.add(
          ProblemCode.E203,
          from.origin(),
          "`" + name + "` is a table, which only `lookup` reads",
          "write `lookup: { table: " + name + ", ... }`, or make it a source");
      return;
    }
    if (has(Section.SINKS, name)) {
      problems.add(
          ProblemCode.E203,
          from.origin(),
          "`" + name + "` is a sink and gives no rows",
          "read the step that it reads, or `sinks." + name + ".failed`");
      return;
    }
    Collection<String> names = new ArrayList<>();
    for (Section section : List.of(Section.TRANSFORMS, Section.SOURCES)) {
      names.addAll(of(outputs, section).keySet());
      names.addAll(of(unbound, section));
    }
    problems.add(
        ProblemCode.E203,
        from.origin(),
        "unknown step `" + name + "`",
        Nearest.hint(name, "steps", names));
  }
}
