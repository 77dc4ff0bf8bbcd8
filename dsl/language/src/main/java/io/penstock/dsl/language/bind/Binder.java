package io.penstock.dsl.language.bind;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Assignments;
import io.penstock.api.option.Entry;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.option.OptionType.Kind;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts nodes by the declared types of options. What cannot be converted is reported at its
 * place and gives an empty result; the rest is read on. Single-threaded.
 */
final class Binder {
  private final Problems problems;
  private final Variables variables;
  private final Scalars scalars;
  private final Expressions expressions;
  private final Templates templates;
  private final Constants constants;
  private final RecordBinder records;
  private final ChoiceBinder choices;

  Binder(
      Components components,
      Problems problems,
      Variables variables,
      Texts texts,
      Connections connections) {
    this.problems = problems;
    this.variables = variables;
    this.scalars = new Scalars(problems);
    this.expressions = new Expressions(texts, problems);
    this.templates = new Templates(variables, problems);
    this.constants = new Constants(templates, problems);
    this.records = new RecordBinder(this, components, problems, connections);
    this.choices = new ChoiceBinder(this, components, problems);
  }

  RecordBinder records() {
    return records;
  }

  ChoiceBinder choices() {
    return choices;
  }

  /** The value of an option; empty where it has another form, reported. */
  Optional<?> value(OptionType type, SyntaxNode node, Spot spot) {
    if (node instanceof Scalar scalar && scalar.isBroken()) {
      return Optional.empty();
    }
    if (type instanceof OptionType.Simple simple) {
      return simple(simple.kind(), node, spot);
    }
    if (type instanceof OptionType.Words words) {
      return scalar(node, "one of " + String.join(", ", words.words()), spot)
          .flatMap(replaced -> scalars.word(words, replaced, spot));
    }
    if (type instanceof OptionType.Expression) {
      return expressions.read(node, spot);
    }
    if (type instanceof OptionType.Node) {
      return Optional.of(node);
    }
    if (type instanceof OptionType.Literal) {
      return constants.read(node, spot);
    }
    if (type instanceof OptionType.PlacedOf placed) {
      return value(placed.value(), node, spot).map(v -> new Placed<Object>(v, node.origin()));
    }
    if (type instanceof OptionType.Group group) {
      return records.read(group.type(), node, spot);
    }
    if (type instanceof OptionType.Choice choice) {
      return choices.read(choice.role(), choice.chosen(), node, spot);
    }
    return many(type, node, spot);
  }

  private Optional<?> many(OptionType type, SyntaxNode node, Spot spot) {
    if (type instanceof OptionType.ListOf list) {
      return list(list.element(), node, spot);
    }
    if (type instanceof OptionType.OneOrManyOf either) {
      return node instanceof Sequence
          ? list(either.element(), node, spot).flatMap(values -> oneOrMany(values, node, spot))
          : value(either.element(), node, spot).map(v -> new OneOrMany<Object>(List.of(v)));
    }
    if (type instanceof OptionType.MapOf map) {
      return map(map, node, spot);
    }
    if (type instanceof OptionType.AssignmentsOf assignments) {
      return mapping(node, spot)
          .flatMap(m -> entries(assignments.value(), m, spot))
          .map(Assignments::new);
    }
    if (type instanceof OptionType.SelectionsOf selections) {
      return selections(selections.value(), node, spot).map(Selections::new);
    }
    throw new AssertionError(type);
  }

  private Optional<?> simple(Kind kind, SyntaxNode node, Spot spot) {
    if (kind == Kind.TEMPLATE) {
      Optional<?> template = templates.read(node, spot);
      warnOfSecret(node, spot);
      return template;
    }
    if (kind == Kind.FILE) {
      return scalar(node, Scalars.form(kind), spot).flatMap(variables::namedFile);
    }
    Optional<?> value =
        scalar(node, Scalars.form(kind), spot)
            .flatMap(replaced -> scalars.read(kind, replaced, spot));
    warnOfSecret(node, spot);
    return value;
  }

  private void warnOfSecret(SyntaxNode node, Spot spot) {
    if (!spot.secret() || !(node instanceof Scalar scalar)) {
      return;
    }
    variables.warnOfOpenFiles(scalar, spot.name());
    if (!Variables.stand(scalar.text())) {
      problems.add(
          ProblemCode.W101,
          scalar.origin(),
          "the secret `" + spot.name() + "` is written in clear",
          "use `${file:...}`, `${NAME}`, or a parameter with `secret: true`");
    }
  }

  private Optional<Variables.Replaced> scalar(SyntaxNode node, String form, Spot spot) {
    if (node instanceof Scalar scalar) {
      return variables.replace(scalar);
    }
    wrong(node, form, spot);
    return Optional.empty();
  }

  private void wrong(SyntaxNode node, String form, Spot spot) {
    boolean nothing = node instanceof Scalar scalar && scalar.text().isEmpty();
    String given =
        nothing
            ? "nothing"
            : node instanceof Scalar scalar && !spot.secret()
                ? Scalars.shown(scalar.text())
                : node.kind();
    problems.add(
        ProblemCode.E104,
        node.origin(),
        "`" + spot.name() + "` must be " + form + ", not " + given,
        "write " + form);
  }

  private Optional<Mapping> mapping(SyntaxNode node, Spot spot) {
    if (node instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    wrong(node, "a map", spot);
    return Optional.empty();
  }

  private Optional<List<Object>> list(OptionType element, SyntaxNode node, Spot spot) {
    if (!(node instanceof Sequence sequence)) {
      boolean text = node instanceof Scalar scalar && !scalar.text().isEmpty();
      if (text) {
        problems.add(
            ProblemCode.E104,
            node.origin(),
            "`" + spot.name() + "` must be a list, not " + Scalars.shown(((Scalar) node).text()),
            "write `[" + ((Scalar) node).text() + "]`");
      } else {
        wrong(node, "a list", spot);
      }
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    sequence.elements().forEach(e -> value(element, e, spot).ifPresent(values::add));
    return values.size() == sequence.elements().size() ? Optional.of(values) : Optional.empty();
  }

  private Optional<OneOrMany<Object>> oneOrMany(List<Object> values, SyntaxNode node, Spot spot) {
    if (values.isEmpty()) {
      problems.add(
          ProblemCode.E104,
          node.origin(),
          "`" + spot.name() + "` must hold at least one value, not an empty list",
          "write one");
      return Optional.empty();
    }
    return Optional.of(new OneOrMany<>(values));
  }

  private Optional<Map<Object, Object>> map(OptionType.MapOf type, SyntaxNode node, Spot spot) {
    return mapping(node, spot)
        .flatMap(
            mapping -> {
              Map<Object, Object> values = new LinkedHashMap<>();
              for (Mapping.Entry entry : mapping.entries()) {
                Optional<?> key = value(type.key(), entry.key(), spot);
                Optional<?> value = value(type.value(), entry.value(), spot.entry(entry.name()));
                if (key.isPresent() && value.isPresent()) {
                  values.put(key.get(), value.get());
                }
              }
              return values.size() == mapping.entries().size()
                  ? Optional.of(Collections.unmodifiableMap(values))
                  : Optional.empty();
            });
  }

  private Optional<List<Entry<Object>>> entries(OptionType type, Mapping mapping, Spot spot) {
    List<Entry<Object>> entries = new ArrayList<>();
    for (Mapping.Entry entry : mapping.entries()) {
      Optional<FieldPath> name = name(entry.key(), spot);
      Optional<?> value = value(type, entry.value(), spot.entry(entry.name()));
      if (name.isPresent() && value.isPresent()) {
        entries.add(
            new Entry<>(name.get(), entry.key().origin(), value.get(), entry.value().origin()));
      }
    }
    return entries.size() == mapping.entries().size() ? Optional.of(entries) : Optional.empty();
  }

  private Optional<FieldPath> name(Scalar scalar, Spot spot) {
    Optional<FieldPath> name = FieldPaths.read(scalar.text());
    if (name.isEmpty()) {
      problems.add(
          ProblemCode.E104,
          scalar.origin(),
          "a name in `"
              + spot.name()
              + "` must be a field such as `amount` or `address.street`, not "
              + Scalars.shown(scalar.text()),
          "quote a dot that belongs to the name: `\"'a.b'\"`");
    }
    return name;
  }

  private Optional<List<Entry<Object>>> selections(OptionType type, SyntaxNode node, Spot spot) {
    if (node instanceof Mapping mapping) {
      return entries(type, mapping, spot);
    }
    if (!(node instanceof Sequence sequence)) {
      wrong(node, "a list or a map", spot);
      return Optional.empty();
    }
    List<Entry<Object>> entries = new ArrayList<>();
    boolean complete = true;
    for (SyntaxNode element : sequence.elements()) {
      Optional<List<Entry<Object>>> read =
          element instanceof Mapping inner
              ? entries(type, inner, spot)
              : itself(type, element, spot).map(List::of);
      read.ifPresent(entries::addAll);
      complete &= read.isPresent();
    }
    return complete ? Optional.of(entries) : Optional.empty();
  }

  /** A plain name in a list: what comes out has the name of what it is made of. */
  private Optional<Entry<Object>> itself(OptionType type, SyntaxNode node, Spot spot) {
    if (!(node instanceof Scalar scalar)) {
      wrong(node, "a list of names, or of maps such as `{ new: old }`", spot);
      return Optional.empty();
    }
    if (scalar.isBroken()) {
      return Optional.empty();
    }
    if (looksComputed(scalar.text())) {
      problems.add(
          ProblemCode.E104,
          scalar.origin(),
          "`" + scalar.text() + "` has no name in `" + spot.name() + "`",
          "give it one: `{ name: " + scalar.text() + " }`");
      return Optional.empty();
    }
    Optional<FieldPath> name = name(scalar, spot);
    Optional<?> value =
        type instanceof OptionType.Expression
            ? name.map(path -> itself(path, scalar))
            : value(type, scalar, spot);
    Origin at = scalar.origin();
    return name.isPresent() && value.isPresent()
        ? Optional.of(new Entry<>(name.get(), at, value.get(), at))
        : Optional.empty();
  }

  /** A name that is no word of the expression language stands there as {@code row['any name']}. */
  private static Object itself(FieldPath path, Scalar scalar) {
    boolean words = path.names().stream().allMatch(n -> n.matches("[\\p{L}_][\\p{L}\\p{N}_]*"));
    if (words) {
      return scalar.expression();
    }
    PlacedText text = new PlacedText();
    Origin at = scalar.origin();
    text.made("row", at);
    path.names()
        .forEach(n -> text.made("['" + n.replace("\\", "\\\\").replace("'", "\\'") + "']", at));
    return text.expression();
  }

  private static boolean looksComputed(String text) {
    return text.matches("[\\p{L}_][\\p{L}\\p{N}_.]*\\(.*")
        || text.matches(".*\\s[-+*/<>=!&|?]+\\s.*");
  }
}
