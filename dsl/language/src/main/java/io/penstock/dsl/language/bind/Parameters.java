package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.language.text.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds parameters: the value given, else that of {@code from}, else the default. */
final class Parameters {
  private final BindRequest request;
  private final Problems problems;
  private final Names names;
  private final Variables environment;

  Parameters(BindRequest request, Problems problems, Names names) {
    this.request = request;
    this.problems = problems;
    this.names = names;
    this.environment = new Variables(problems, request.environment(), request.files(), Map.of());
  }

  /** The parameters of a file, by name, in its order. */
  Map<String, BoundParameter> bind(Optional<Mapping> section, Binder binder) {
    Map<String, BoundParameter> bound = new LinkedHashMap<>();
    section.ifPresent(
        mapping ->
            mapping
                .entries()
                .forEach(e -> parameter(e, binder).ifPresent(p -> bound.put(e.name(), p))));
    Set<String> declared = new java.util.LinkedHashSet<>();
    section.ifPresent(m -> m.entries().forEach(e -> declared.add(e.name())));
    for (String given : new java.util.TreeSet<>(request.parameters().keySet())) {
      if (!declared.contains(given)) {
        problems.add(
            ProblemCode.E113,
            Origin.file(request.text().name()),
            "`--param " + given + "=...` names no parameter of the pipeline",
            Nearest.hint(given, "parameters", declared));
      }
    }
    return bound;
  }

  private Optional<BoundParameter> parameter(Mapping.Entry entry, Binder binder) {
    names.declare("parameters", "parameter", entry.key());
    Spot spot = Spot.of("parameters", entry.name(), entry.key().origin());
    Optional<ParameterOptions> options =
        binder
            .records()
            .read(ParameterOptions.class, options(entry), spot)
            .map(ParameterOptions.class::cast);
    options.filter(ParameterOptions::secret).ifPresent(o -> warnOfSecret(entry.name(), o));
    return options.map(
        o ->
            new BoundParameter(
                entry.name(),
                entry.key().origin(),
                o.type(),
                value(entry, o),
                o.description(),
                o.secret()));
  }

  private void warnOfSecret(String name, ParameterOptions options) {
    for (Optional<SyntaxNode> written : List.of(options.from(), options.default_())) {
      if (written.orElse(null) instanceof Scalar scalar) {
        environment.warnOfOpenFiles(scalar, name);
      }
    }
    boolean inClear =
        options.default_().isPresent()
            && options.default_().get() instanceof Scalar scalar
            && !scalar.text().isEmpty()
            && !Variables.stand(scalar.text());
    if (inClear) {
      problems.add(
          ProblemCode.W101,
          options.default_().get().origin(),
          "the default of a secret parameter is written in clear",
          "use `from: \"${NAME}\"`, or `default: \"${file:...}\"`");
    }
  }

  /** A parameter of which only the type is said. */
  private static SyntaxNode options(Mapping.Entry entry) {
    if (!(entry.value() instanceof Scalar type) || type.isBroken() || type.text().isEmpty()) {
      return entry.value();
    }
    Scalar key = new Scalar("type", Scalar.Style.PLAIN, type.origin(), (o, l) -> type.origin());
    return new Mapping(List.of(new Mapping.Entry(key, type)), type.origin());
  }

  private Optional<SyntaxNode> value(Mapping.Entry entry, ParameterOptions options) {
    Origin at = entry.key().origin();
    String given = request.parameters().get(entry.name());
    if (given != null) {
      SyntaxNode text = new Scalar(given, Scalar.Style.SINGLE_QUOTED, at, (offset, length) -> at);
      return Optional.of(given.isEmpty() || !hasParts(options.type()) ? text : parts(given, text));
    }
    if (options.from().isPresent()) {
      Problems found = new Problems();
      Optional<SyntaxNode> from = from(options.from().get(), found);
      if (from.isPresent() || options.default_().isEmpty()) {
        problems.addAll(found);
        return from;
      }
    }
    if (options.default_().isEmpty() && isOptional(options.type())) {
      return Optional.of(new Scalar("null", Scalar.Style.PLAIN, at, (offset, length) -> at));
    }
    if (options.default_().isEmpty()) {
      problems.add(
          ProblemCode.E113,
          at,
          "the parameter `" + entry.name() + "` has no value",
          "give it with `--param " + entry.name() + "=...`, or a `default`");
      return Optional.empty();
    }
    return options.default_().flatMap(this::replaced);
  }

  /** Whether a type is a list, a record or a map, whose values are given as in the file. */
  private static boolean hasParts(Optional<SyntaxNode> type) {
    if (type.orElse(null) instanceof Scalar word) {
      String text = word.text().replaceFirst("^optional ", "").trim();
      return text.startsWith("[") || text.startsWith("{") || text.startsWith("map<");
    }
    return type.isPresent();
  }

  private static SyntaxNode parts(String given, SyntaxNode text) {
    return SyntaxTree.read(SourceText.of("--param", "x: " + given), new Problems())
        .flatMap(tree -> tree.root().value("x"))
        .filter(node -> !(node instanceof Scalar))
        .map(node -> placed(node, text.origin()))
        .orElse(text);
  }

  /** The same value at one place of the file: what is written on a command line has none. */
  private static SyntaxNode placed(SyntaxNode node, Origin at) {
    if (node instanceof Sequence list) {
      return new Sequence(list.elements().stream().map(e -> placed(e, at)).toList(), at);
    }
    if (node instanceof Mapping mapping) {
      List<Mapping.Entry> entries =
          mapping.entries().stream()
              .map(e -> new Mapping.Entry((Scalar) placed(e.key(), at), placed(e.value(), at)))
              .toList();
      return new Mapping(entries, at);
    }
    Scalar scalar = (Scalar) node;
    return new Scalar(scalar.text(), scalar.style(), at, (offset, length) -> at);
  }

  private static boolean isOptional(Optional<SyntaxNode> type) {
    return type.orElse(null) instanceof Scalar word && word.text().startsWith("optional ");
  }

  private Optional<SyntaxNode> from(SyntaxNode node, Problems found) {
    if (!(node instanceof Scalar scalar)) {
      found.add(
          ProblemCode.E104,
          node.origin(),
          "`from` must be a text such as `\"${NAME}\"`, not " + node.kind(),
          "name an environment variable");
      return Optional.empty();
    }
    return new Variables(found, request.environment(), request.files(), Map.of())
        .replace(scalar)
        .map(Variables.Replaced::scalar);
  }

  private Optional<SyntaxNode> replaced(SyntaxNode node) {
    return node instanceof Scalar scalar
        ? environment.replace(scalar).map(Variables.Replaced::scalar)
        : Optional.of(node);
  }
}
