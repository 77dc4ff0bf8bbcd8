package io.penstock.dsl.language.bind;

import io.penstock.api.option.Chosen;
import io.penstock.api.option.Config;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds what may come from other files: functions, schemas, chains, patterns. */
final class SharedBinder {
  private final Binder binder;
  private final Names names;
  private final Problems problems;
  private final Class<? extends Config> transforms;

  SharedBinder(Binder binder, Names names, Problems problems, Class<? extends Config> transforms) {
    this.binder = binder;
    this.names = names;
    this.problems = problems;
    this.transforms = transforms;
  }

  List<BoundFunction> functions(List<Mapping.Entry> entries) {
    List<BoundFunction> functions = new ArrayList<>();
    for (Mapping.Entry entry : entries) {
      names.declare("functions", "function", entry.key());
      Spot spot = Spot.of("functions", entry.name(), entry.key().origin());
      binder
          .records()
          .read(FunctionOptions.class, entry.value(), spot)
          .map(FunctionOptions.class::cast)
          .ifPresent(
              o ->
                  functions.add(
                      new BoundFunction(
                          entry.name(), entry.key().origin(), taken(o.takes()), o.is())));
    }
    return functions;
  }

  Map<String, SyntaxNode> schemas(List<Mapping.Entry> entries) {
    Map<String, SyntaxNode> schemas = new LinkedHashMap<>();
    for (Mapping.Entry entry : entries) {
      names.declare("schemas", "schema", entry.key());
      schemas.putIfAbsent(entry.name(), entry.value());
    }
    return schemas;
  }

  Map<String, Placed<String>> patterns(List<Mapping.Entry> entries) {
    Map<String, Placed<String>> patterns = new LinkedHashMap<>();
    for (Mapping.Entry entry : entries) {
      if (entry.value() instanceof Scalar scalar && !scalar.text().isEmpty()) {
        patterns.putIfAbsent(entry.name(), new Placed<>(scalar.text(), scalar.origin()));
      } else {
        problems.add(
            ProblemCode.E104,
            entry.value().origin(),
            "the pattern `"
                + entry.name()
                + "` must be a text, not "
                + (entry.value() instanceof Scalar ? "nothing" : entry.value().kind()),
            "write it in single quotes");
      }
    }
    return patterns;
  }

  List<BoundChain> chains(List<Mapping.Entry> entries) {
    List<BoundChain> chains = new ArrayList<>();
    for (Mapping.Entry entry : entries) {
      names.declare("chains", "chain", entry.key());
      Spot spot = Spot.of("chains", entry.name(), entry.key().origin());
      binder
          .records()
          .read(ChainOptions.class, entry.value(), spot)
          .map(ChainOptions.class::cast)
          .flatMap(options -> chain(entry, options, spot))
          .ifPresent(chains::add);
    }
    return chains;
  }

  private Optional<BoundChain> chain(Mapping.Entry entry, ChainOptions options, Spot spot) {
    Spot inside = spot.inner("steps", options.steps().origin());
    if (!(options.steps() instanceof Sequence)) {
      problems.add(
          ProblemCode.E104,
          options.steps().origin(),
          "the steps of the chain `"
              + entry.name()
              + "` must be a list, not "
              + options.steps().kind(),
          "begin each step with `- `");
      return Optional.empty();
    }
    return binder
        .value(
            new OptionType.ListOf(new OptionType.Choice(transforms, true)), options.steps(), inside)
        .map(
            steps ->
                new BoundChain(
                    entry.name(), entry.key().origin(), taken(options.takes()), chosen(steps)));
  }

  /** The binder makes lists of what the declared type says. */
  @SuppressWarnings("unchecked")
  private static List<Chosen<Config>> chosen(Object steps) {
    return (List<Chosen<Config>>) steps;
  }

  private static List<TakenName> taken(Map<Placed<String>, SyntaxNode> takes) {
    return takes.entrySet().stream()
        .map(e -> new TakenName(e.getKey().value(), e.getKey().origin(), e.getValue()))
        .toList();
  }
}
