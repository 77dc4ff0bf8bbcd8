package io.penstock.dsl.language.bind;

import io.penstock.api.option.Chosen;
import io.penstock.api.option.Config;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds a component that stands in an option: a format, a step of a list of steps. */
final class ChoiceBinder {
  private final Binder binder;
  private final Components components;
  private final Problems problems;

  ChoiceBinder(Binder binder, Components components, Problems problems) {
    this.binder = binder;
    this.components = components;
    this.problems = problems;
  }

  /** The component, with its name and place where {@code chosen}; empty where there is none. */
  Optional<?> read(Class<?> role, boolean chosen, SyntaxNode node, Spot spot) {
    Optional<Chosen<Config>> read = chosen(role, chosen, node, spot);
    return chosen ? read : read.map(Chosen::config);
  }

  /** A component as {@code name} or {@code name: options}; a step may have {@code when} beside. */
  Optional<Chosen<Config>> chosen(Class<?> role, boolean isStep, SyntaxNode node, Spot spot) {
    if (node instanceof Scalar scalar && !scalar.text().isEmpty()) {
      Scalar nothing =
          new Scalar("", Scalar.Style.PLAIN, scalar.origin(), (o, l) -> scalar.origin());
      return component(role, scalar, nothing, spot, Optional.empty());
    }
    if (!(node instanceof Mapping mapping)) {
      problems.add(
          ProblemCode.E104,
          node.origin(),
          "`"
              + spot.name()
              + "` must be a "
              + Roles.noun(role)
              + ", not "
              + (node instanceof Scalar ? "nothing" : node.kind()),
          known(role));
      return Optional.empty();
    }
    return mapped(role, isStep, mapping, spot);
  }

  private Optional<Chosen<Config>> mapped(
      Class<?> role, boolean isStep, Mapping mapping, Spot spot) {
    List<Mapping.Entry> keys = new ArrayList<>();
    Optional<ExpressionText> when = Optional.empty();
    boolean complete = true;
    for (Mapping.Entry entry : mapping.entries()) {
      if (isStep && entry.name().equals("when")) {
        Optional<?> read =
            binder.value(
                new OptionType.Expression(),
                entry.value(),
                spot.inner("when", entry.key().origin()));
        when = read.map(ExpressionText.class::cast);
        complete &= read.isPresent();
      } else if (isStep && (entry.name().equals("from") || entry.name().equals("on_error"))) {
        problems.add(
            ProblemCode.E101,
            entry.key().origin(),
            "`" + entry.name() + "` may not stand inside `" + spot.name() + "`",
            "write it beside `" + spot.name() + "`, for the whole step");
        complete = false;
      } else if (!(isStep && entry.name().equals("description"))) {
        keys.add(entry);
      }
    }
    Optional<Mapping.Entry> beside = isStep ? Optional.empty() : beside(role, keys);
    if (beside.isPresent()) {
      return component(role, beside.get().key(), mapping, spot, when);
    }
    if (keys.size() != 1) {
      report(role, keys, mapping, spot);
      return Optional.empty();
    }
    Mapping.Entry entry = keys.get(0);
    Optional<Chosen<Config>> read = component(role, entry.key(), entry.value(), spot, when);
    return complete ? read : Optional.empty();
  }

  /** The key of the component whose options stand beside it, where no other component does. */
  private Optional<Mapping.Entry> beside(Class<?> role, List<Mapping.Entry> keys) {
    List<Mapping.Entry> named =
        keys.stream().filter(key -> components.find(role, key.name()).isPresent()).toList();
    return named.size() == 1
        ? named.stream()
            .filter(key -> components.find(role, key.name()).orElseThrow().hasOptionsBeside())
            .findFirst()
        : Optional.empty();
  }

  private void report(Class<?> role, List<Mapping.Entry> keys, Mapping mapping, Spot spot) {
    Origin at = keys.size() > 1 ? keys.get(1).key().origin() : mapping.origin();
    String given =
        keys.isEmpty()
            ? "none"
            : String.join(" and ", keys.stream().map(k -> "`" + k.name() + "`").toList());
    problems.add(
        ProblemCode.E107,
        at,
        "`" + spot.name() + "` must name one " + Roles.noun(role) + ", not " + given,
        hint(role, keys));
  }

  private String hint(Class<?> role, List<Mapping.Entry> keys) {
    if (keys.size() < 2 || components.find(role, keys.get(0).name()).isEmpty()) {
      return known(role);
    }
    boolean two = components.find(role, keys.get(1).name()).isPresent();
    return two
        ? "keep one of them; in a list, begin each with `- `"
        : "its options stand one level below `" + keys.get(0).name() + "`";
  }

  private String known(Class<?> role) {
    return Roles.noun(role) + "s: " + String.join(", ", components.names(role));
  }

  /** A component that stands among options under its own name. */
  Optional<Chosen<Config>> named(Class<?> role, Mapping.Entry entry, Spot spot) {
    return component(role, entry.key(), entry.value(), spot, Optional.empty());
  }

  private Optional<Chosen<Config>> component(
      Class<?> role, Scalar key, SyntaxNode value, Spot spot, Optional<ExpressionText> when) {
    Optional<ComponentDeclaration> declared = find(role, key.text(), key.origin());
    return declared.flatMap(
        d ->
            binder
                .records()
                .component(d, value, spot.inner(d.name(), key.origin()))
                .map(config -> new Chosen<>(d.name(), key.origin(), config, when)));
  }

  /** Where a component of this name belongs that stands in the wrong place. */
  private Optional<String> elsewhere(String name) {
    return components
        .named(name)
        .map(
            type ->
                "`" + name + "` is a " + Roles.nounOf(type) + ", and belongs where those stand");
  }

  /** The component of a name, or the one that was probably meant, which is reported. */
  Optional<ComponentDeclaration> find(Class<?> role, String name, Origin at) {
    Optional<ComponentDeclaration> declared = components.find(role, name);
    if (declared.isPresent()) {
      return declared;
    }
    List<String> names = components.names(role);
    String noun = Roles.noun(role);
    if (Later.component(name)) {
      problems.add(
          ProblemCode.E115,
          at,
          "the " + noun + " `" + name + "` is not in this version",
          noun + "s: " + String.join(", ", names));
      return Optional.empty();
    }
    problems.add(
        ProblemCode.E106,
        at,
        "there is no " + noun + " `" + name + "`",
        elsewhere(name).orElseGet(() -> Nearest.hint(name, noun + "s", names)));
    return Nearest.to(name, names).flatMap(meant -> components.find(role, meant));
  }
}
