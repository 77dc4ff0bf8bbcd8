package io.penstock.dsl.language.bind;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.Connectable;
import io.penstock.dsl.language.option.OptionDeclaration;
import io.penstock.dsl.language.option.OptionDeclaration.Wrapping;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.option.RecordDeclaration;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.language.text.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Binds the options of a record: a component's, a group's, or the keys beside a component. */
final class RecordBinder {
  private final Binder binder;
  private final Components components;
  private final Problems problems;
  private final Connections connections;

  RecordBinder(Binder binder, Components components, Problems problems, Connections connections) {
    this.binder = binder;
    this.components = components;
    this.problems = problems;
    this.connections = connections;
  }

  /** A component's options; the spot is the component's key. */
  Optional<Config> component(ComponentDeclaration declared, SyntaxNode node, Spot spot) {
    SyntaxNode merged = Connectable.is(declared) ? connections.merged(declared.name(), node) : node;
    return read(declared.record(), merged, spot, Optional.of(declared)).map(Config.class::cast);
  }

  /** A group of options. */
  Optional<Record> read(Class<? extends Record> type, SyntaxNode node, Spot spot) {
    return read(components.record(type), node, spot, Optional.empty());
  }

  private Optional<Record> read(
      RecordDeclaration declared,
      SyntaxNode node,
      Spot spot,
      Optional<ComponentDeclaration> component) {
    if (node instanceof Scalar scalar && scalar.isBroken()) {
      return Optional.empty();
    }
    Optional<OptionDeclaration> main = declared.main();
    if (main.isPresent() && isShort(declared, main.get(), node)) {
      OptionDeclaration option = main.get();
      Mapping.Entry only =
          new Mapping.Entry(
              new Scalar(option.name(), Scalar.Style.PLAIN, node.origin(), (o, l) -> node.origin()),
              node);
      return shortForm(declared, option, only, spot);
    }
    if (node instanceof Mapping mapping) {
      return options(declared, mapping.entries(), spot, component);
    }
    if (node instanceof Scalar scalar && scalar.isNull() && scalar.text().isEmpty()) {
      return options(declared, List.of(), spot, component);
    }
    String given =
        node instanceof Scalar scalar && !spot.secret()
            ? Scalars.shown(scalar.text())
            : node.kind();
    List<String> names = declared.names();
    problems.add(
        ProblemCode.E104,
        node.origin(),
        "`" + spot.name() + "` must be a map of options, not " + given,
        names.isEmpty()
            ? "it has no options: leave the value out"
            : "options: " + String.join(", ", names));
    return Optional.empty();
  }

  /** Whether the node is the main option's value and not a map of options. */
  private static boolean isShort(
      RecordDeclaration declared, OptionDeclaration main, SyntaxNode node) {
    if (node instanceof Scalar scalar) {
      return !(scalar.text().isEmpty() && scalar.style() == Scalar.Style.PLAIN);
    }
    if (node instanceof Sequence) {
      return true;
    }
    Mapping mapping = (Mapping) node;
    boolean written = mapping.entry(main.name()).isPresent();
    if (main.type() instanceof OptionType.Choice) {
      return !written
          && !mapping.entries().isEmpty()
          && mapping.entries().stream()
              .noneMatch(e -> isNear(e, main) || declared.option(e.name()).isPresent());
    }
    if (declared.options().size() == 1) {
      return takesMap(main.type()) || mapping.entries().stream().noneMatch(e -> isNear(e, main));
    }
    if (!takesMap(main.type())) {
      return false;
    }
    return !written
        || !mapping.entries().stream().allMatch(e -> declared.option(e.name()).isPresent());
  }

  private static boolean isNear(Mapping.Entry entry, OptionDeclaration option) {
    return Nearest.to(entry.name(), List.of(option.name())).isPresent();
  }

  private static boolean takesMap(OptionType type) {
    if (type instanceof OptionType.PlacedOf placed) {
      return takesMap(placed.value());
    }
    return type instanceof OptionType.MapOf
        || type instanceof OptionType.AssignmentsOf
        || type instanceof OptionType.SelectionsOf
        || type instanceof OptionType.Node
        || type instanceof OptionType.Literal
        || type instanceof OptionType.Choice;
  }

  /** Messages name what the author wrote: the component, not its main option. */
  private Optional<Record> shortForm(
      RecordDeclaration declared, OptionDeclaration main, Mapping.Entry only, Spot spot) {
    Object[] values = new Object[declared.options().size()];
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      OptionDeclaration option = declared.options().get(i);
      Optional<?> value =
          option == main
              ? written(option, only, spot.option(option).called(spot.name()))
              : leftOut(option, spot, false, Optional.empty());
      if (value.isPresent()) {
        values[i] = value.get();
      } else {
        complete = false;
      }
    }
    return complete ? made(declared, values, spot, true) : judged(declared, values, spot);
  }

  private Optional<Record> options(
      RecordDeclaration declared,
      List<Mapping.Entry> entries,
      Spot spot,
      Optional<ComponentDeclaration> component) {
    Set<String> meant = new HashSet<>();
    Object[] values = new Object[declared.options().size()];
    boolean complete = true;
    boolean known = true;
    List<Mapping.Entry> named = named(declared, entries, spot);
    for (Mapping.Entry entry : entries) {
      if (declared.option(entry.name()).isEmpty() && !named.contains(entry)) {
        unknown(declared, entry, spot).ifPresent(meant::add);
        known = false;
      }
    }
    for (int i = 0; i < values.length; i++) {
      OptionDeclaration option = declared.options().get(i);
      Optional<Mapping.Entry> written =
          option.type() instanceof OptionType.Named
              ? named.stream().findFirst()
              : entries.stream().filter(e -> e.name().equals(option.name())).findFirst();
      Optional<?> value =
          written.isPresent()
              ? written(option, written.get(), spot.option(option))
              : leftOut(option, spot, meant.contains(option.name()), component);
      if (value.isPresent()) {
        values[i] = value.get();
      } else {
        complete = false;
      }
    }
    return complete ? made(declared, values, spot, known) : judged(declared, values, spot);
  }

  /** The entries that are a component under its own name; only one may be. */
  private List<Mapping.Entry> named(
      RecordDeclaration declared, List<Mapping.Entry> entries, Spot spot) {
    List<String> names = declared.byName().map(components::names).orElse(List.of());
    List<Mapping.Entry> named = entries.stream().filter(e -> names.contains(e.name())).toList();
    if (named.size() > 1) {
      problems.add(
          ProblemCode.E107,
          named.get(1).key().origin(),
          "`" + spot.name() + "` asks one of " + String.join(", ", names) + ", not several",
          "keep one of them");
    }
    return named;
  }

  private Optional<String> unknown(RecordDeclaration declared, Mapping.Entry entry, Spot spot) {
    String name = entry.name();
    List<String> known = new ArrayList<>(declared.names());
    known.addAll(declared.byName().map(components::names).orElse(List.of()));
    String where = spot.where();
    problems.add(
        ProblemCode.E101,
        entry.key().origin(),
        "unknown option `" + name + "`" + (where.isEmpty() ? "" : " of " + where),
        Nearest.hint(name, "options here", known));
    return Nearest.to(name, known);
  }

  private Optional<?> written(OptionDeclaration option, Mapping.Entry entry, Spot at) {
    at.keys().put(at.path(), entry.key().origin());
    at.values().put(at.path(), entry.value().origin());
    Optional<?> value =
        option.type() instanceof OptionType.Named one
            ? binder.choices().named(one.role(), entry, at)
            : binder.value(option.type(), entry.value(), at);
    if (value.isPresent() && option.required() && isEmpty(value.get())) {
      problems.add(
          ProblemCode.E104,
          entry.value().origin(),
          "`" + at.name() + "` must hold at least one entry, not none",
          "write one, or leave the step out");
      return Optional.empty();
    }
    return value.map(v -> wrapped(option, v));
  }

  private static boolean isEmpty(Object value) {
    return value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof io.penstock.api.option.Assignments<?> some && some.entries().isEmpty()
        || value instanceof io.penstock.api.option.Selections<?> chosen
            && chosen.entries().isEmpty();
  }

  private Optional<?> leftOut(
      OptionDeclaration option,
      Spot spot,
      boolean misspelled,
      Optional<ComponentDeclaration> component) {
    if (option.byDefault().isPresent()) {
      return binder
          .value(option.type(), written(option.byDefault().get()), spot.option(option))
          .map(v -> wrapped(option, v));
    }
    if (option.isEmptyWhenLeftOut()) {
      return Optional.of(nothing(option));
    }
    if (!misspelled) {
      String where = spot.where();
      problems.add(
          ProblemCode.E103,
          spot.keys().getOrDefault(spot.path(), spot.origin()),
          "the option `"
              + option.name()
              + "`"
              + (where.isEmpty() ? "" : " of " + where)
              + " is missing",
          component
              .filter(c -> c.example().indexOf('\n') < 0)
              .map(c -> "for example `" + c.example() + "`")
              .or(
                  () ->
                      component
                          .filter(c -> option.main())
                          .map(c -> "write it behind `" + c.name() + ":`: " + option.summary()))
              .orElse("add `" + option.name() + ": ...`: " + option.summary()));
    }
    return Optional.empty();
  }

  /** A default is written as in YAML. */
  private static SyntaxNode written(String byDefault) {
    char first = byDefault.charAt(0);
    if ("{[\"'".indexOf(first) < 0) {
      Origin at = Origin.file("default");
      return new Scalar(byDefault, Scalar.Style.PLAIN, at, (offset, length) -> at);
    }
    return SyntaxTree.read(SourceText.of("default", "x: " + byDefault), new Problems())
        .flatMap(tree -> tree.root().value("x"))
        .orElseThrow(() -> new IllegalStateException("no default: " + byDefault));
  }

  private static Object wrapped(OptionDeclaration option, Object value) {
    return switch (option.wrapping()) {
      case PLAIN -> value;
      case OPTIONAL -> Optional.of(value);
      case OPTIONAL_INT -> OptionalInt.of((Integer) value);
      case OPTIONAL_LONG -> OptionalLong.of(value instanceof Integer whole ? whole : (Long) value);
      case OPTIONAL_DOUBLE -> OptionalDouble.of((Double) value);
    };
  }

  private static Object nothing(OptionDeclaration option) {
    if (option.wrapping() == Wrapping.PLAIN) {
      OptionType type = option.type();
      if (type instanceof OptionType.ListOf) {
        return List.of();
      }
      if (type instanceof OptionType.MapOf) {
        return Map.of();
      }
      return type instanceof OptionType.AssignmentsOf
          ? new io.penstock.api.option.Assignments<>(List.of())
          : new io.penstock.api.option.Selections<>(List.of());
    }
    return switch (option.wrapping()) {
      case OPTIONAL_INT -> OptionalInt.empty();
      case OPTIONAL_LONG -> OptionalLong.empty();
      case OPTIONAL_DOUBLE -> OptionalDouble.empty();
      case OPTIONAL, PLAIN -> Optional.empty();
    };
  }

  /**
   * The record. An option that is not known leaves a component usable, so that the rest of the file
   * is still checked; what its options say together is then not judged.
   */
  private Optional<Record> made(
      RecordDeclaration declared, Object[] values, Spot spot, boolean known) {
    Record record;
    try {
      record = declared.make(values);
    } catch (IllegalArgumentException refused) {
      problems.add(
          ProblemCode.E110,
          spot.origin(),
          "the options of " + spot.where() + " do not go together: " + refused.getMessage(),
          "see the reference of `" + spot.component() + "`");
      return Optional.empty();
    }
    if (!known) {
      return record instanceof Config ? Optional.of(record) : Optional.empty();
    }
    if (!(record instanceof Config config)) {
      return Optional.of(record);
    }
    List<ProblemCode> errors = new ArrayList<>();
    Checks checks = checks(spot, errors);
    config.checkEach(checks);
    config.check(checks);
    return errors.isEmpty() ? Optional.of(record) : Optional.empty();
  }

  private Checks checks(Spot spot, List<ProblemCode> errors) {
    return (code, option, message, hint) -> {
      Origin at = spot.keys().getOrDefault(spot.below(option), spot.origin());
      problems.add(code, at, message, hint);
      if (!code.name().startsWith("W")) {
        errors.add(code);
      }
    };
  }

  /** Where only options that may be left out cannot be read, the others are judged one by one. */
  private Optional<Record> judged(RecordDeclaration declared, Object[] values, Spot spot) {
    Object[] filled = values.clone();
    for (int i = 0; i < filled.length; i++) {
      OptionDeclaration option = declared.options().get(i);
      if (filled[i] == null && option.wrapping() == Wrapping.PLAIN) {
        return Optional.empty();
      }
      filled[i] = filled[i] == null ? nothing(option) : filled[i];
    }
    try {
      if (declared.make(filled) instanceof Config config) {
        config.checkEach(checks(spot, new ArrayList<>()));
      }
    } catch (IllegalArgumentException refused) {
      // What its options say together is not judged while one of them cannot be read.
    }
    return Optional.empty();
  }
}
