package io.penstock.dsl.language.bind;

import io.penstock.api.option.Config;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.OptionDeclaration;
import io.penstock.dsl.language.option.RecordDeclaration;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds a step: one component, and the keys that may stand beside it. */
final class StepBinder {
  private final Binder binder;
  private final Components components;
  private final Problems problems;

  StepBinder(Binder binder, Components components, Problems problems) {
    this.binder = binder;
    this.components = components;
    this.problems = problems;
  }

  /**
   * A kind of step.
   *
   * @param noun as in messages
   * @param keys the record of the keys beside the component
   * @param instead a key that may stand in place of a component; empty for none
   */
  record Kind(String noun, Class<?> role, Class<? extends Record> keys, String instead) {}

  /** A step; the component is absent where the key in its place stands there. */
  record Bound(StepHead head, Optional<Config> config, Optional<SyntaxNode> instead, Record keys) {}

  /** The step; empty where something in it is wrong, reported. */
  Optional<Bound> bind(Kind kind, Scalar key, SyntaxNode node) {
    if (node instanceof Scalar scalar && scalar.isBroken()) {
      return Optional.empty();
    }
    if (!(node instanceof Mapping mapping)) {
      problems.add(
          ProblemCode.E104,
          node instanceof Scalar scalar && scalar.text().isEmpty() ? key.origin() : node.origin(),
          "the "
              + kind.noun()
              + " `"
              + key.text()
              + "` must be a map with a component, not "
              + (node instanceof Scalar scalar && scalar.text().isEmpty()
                  ? "nothing"
                  : node.kind()),
          "write for example `" + example(kind) + "`");
      return Optional.empty();
    }
    RecordDeclaration keys = components.record(kind.keys());
    List<Mapping.Entry> common = new ArrayList<>();
    List<Mapping.Entry> others = new ArrayList<>();
    for (Mapping.Entry entry : mapping.entries()) {
      (keys.option(entry.name()).isPresent() ? common : others).add(entry);
    }
    Optional<Mapping.Entry> component = component(kind, key, mapping, others);
    Spot beside = Spot.of(key.text(), "", key.origin());
    Optional<Record> besides =
        binder.records().read(kind.keys(), new Mapping(common, mapping.origin()), beside);
    return component.flatMap(c -> bound(kind, key, c, besides));
  }

  private Optional<Bound> bound(
      Kind kind, Scalar key, Mapping.Entry component, Optional<Record> besides) {
    Origin at = component.key().origin();
    Spot spot = Spot.of(key.text(), component.name(), at);
    if (component.name().equals(kind.instead())) {
      StepHead head = new StepHead(key.text(), key.origin(), component.name(), at, spot.origins());
      return besides.map(
          keys -> new Bound(head, Optional.empty(), Optional.of(component.value()), keys));
    }
    Optional<ComponentDeclaration> declared =
        binder.choices().find(kind.role(), component.name(), at);
    if (declared.isEmpty()) {
      return Optional.empty();
    }
    String name = declared.get().name();
    Spot named = Spot.of(key.text(), name, at);
    Optional<Config> config = binder.records().component(declared.get(), component.value(), named);
    StepHead head = new StepHead(key.text(), key.origin(), name, at, named.origins());
    return config.isPresent() && besides.isPresent()
        ? Optional.of(new Bound(head, config, Optional.empty(), besides.get()))
        : Optional.empty();
  }

  /** The entry that names the component, with every other key that may not stand there reported. */
  private Optional<Mapping.Entry> component(
      Kind kind, Scalar key, Mapping mapping, List<Mapping.Entry> others) {
    if (others.isEmpty()) {
      problems.add(
          ProblemCode.E107,
          key.origin(),
          "the " + kind.noun() + " `" + key.text() + "` names no component",
          kind.noun() + "s: " + String.join(", ", names(kind)));
      return Optional.empty();
    }
    if (others.size() == 1 && !Later.key(kind.noun(), others.get(0).name())) {
      return Optional.of(others.get(0));
    }
    if (others.stream().allMatch(o -> Later.key(kind.noun(), o.name()))) {
      others.forEach(other -> later(kind, other));
      return Optional.empty();
    }
    Optional<Mapping.Entry> first =
        others.stream().filter(e -> isKnown(kind, e.name())).findFirst();
    Mapping.Entry chosen = first.orElse(others.get(0));
    for (Mapping.Entry other : others) {
      if (other != chosen) {
        beside(kind, key, chosen, other);
      }
    }
    return Optional.of(chosen);
  }

  private void beside(Kind kind, Scalar key, Mapping.Entry chosen, Mapping.Entry other) {
    Origin at = other.key().origin();
    if (Later.key(kind.noun(), other.name())) {
      later(kind, other);
      return;
    }
    if (isKnown(kind, other.name())) {
      problems.add(
          ProblemCode.E107,
          at,
          "the "
              + kind.noun()
              + " `"
              + key.text()
              + "` names two components, `"
              + chosen.name()
              + "` and `"
              + other.name()
              + "`",
          "make two steps of it");
      return;
    }
    boolean option =
        components
            .find(kind.role(), chosen.name())
            .filter(c -> c.record().option(other.name()).isPresent())
            .isPresent();
    List<String> known = new ArrayList<>();
    components.record(kind.keys()).options().stream()
        .map(OptionDeclaration::name)
        .forEach(known::add);
    problems.add(
        ProblemCode.E101,
        at,
        "unknown key `" + other.name() + "` in the " + kind.noun() + " `" + key.text() + "`",
        option
            ? "`"
                + other.name()
                + "` is an option of `"
                + chosen.name()
                + "`: write it one level deeper"
            : elsewhere(kind, other.name())
                .orElseGet(
                    () ->
                        Nearest.hint(other.name(), "keys beside `" + chosen.name() + "`", known)));
  }

  private void later(Kind kind, Mapping.Entry entry) {
    problems.add(
        ProblemCode.E115,
        entry.key().origin(),
        "`" + entry.name() + "` in a " + kind.noun() + " is not in this version",
        kind.noun() + "s: " + String.join(", ", names(kind)));
  }

  private static Optional<String> elsewhere(Kind kind, String name) {
    return switch (name) {
      case "schema", "event_time", "unknown_fields", "optional_fields" ->
          Optional.of("`" + name + "` is a key of sources, not of " + kind.noun() + "s");
      case "when", "previously" ->
          Optional.of("`" + name + "` is a key of transforms, not of " + kind.noun() + "s");
      case "from" -> Optional.of("a " + kind.noun() + " reads no other step");
      case "delivery" -> Optional.of("`delivery` is a key of sinks and of `run`");
      default -> Optional.empty();
    };
  }

  private boolean isKnown(Kind kind, String name) {
    return name.equals(kind.instead())
        || Later.component(name)
        || components.find(kind.role(), name).isPresent();
  }

  private List<String> names(Kind kind) {
    List<String> names = new ArrayList<>(components.names(kind.role()));
    if (!kind.instead().isEmpty()) {
      names.add(kind.instead());
    }
    return names;
  }

  private String example(Kind kind) {
    return components.all(kind.role()).stream()
        .map(ComponentDeclaration::example)
        .filter(e -> e.indexOf('\n') < 0)
        .findFirst()
        .orElse(kind.noun() + ": ...");
  }
}
