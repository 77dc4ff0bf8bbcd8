package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of {@code connections:}, put into the components that name them. */
final class Connections {
  private final Map<String, Mapping> byName = new LinkedHashMap<>();
  private final Problems problems;

  Connections(Problems problems) {
    this.problems = problems;
  }

  /** An entry: {@code search: { elasticsearch: { url, auth } }}. */
  void add(Mapping.Entry entry) {
    if (entry.value() instanceof Mapping mapping
        && mapping.entries().size() == 1
        && mapping.entries().get(0).value() instanceof Mapping) {
      byName.put(entry.name(), mapping);
      return;
    }
    problems.add(
        ProblemCode.E104,
        entry.value().origin(),
        "the connection `"
            + entry.name()
            + "` must be one component with its options, not "
            + entry.value().kind(),
        "write `" + entry.name() + ": { component: { url: ... } }`");
  }

  /** The component's options with those of the connection that it names; its own win. */
  SyntaxNode merged(String component, SyntaxNode node) {
    if (!(node instanceof Mapping own) || own.entry("connection").isEmpty()) {
      return node;
    }
    Mapping.Entry named = own.entry("connection").orElseThrow();
    List<Mapping.Entry> entries = new ArrayList<>(own.entries());
    entries.remove(named);
    if (!(named.value() instanceof Scalar scalar)) {
      problems.add(
          ProblemCode.E104,
          named.value().origin(),
          "`connection` must be the name of a connection, not " + named.value().kind(),
          "write the name alone");
      return new Mapping(entries, own.origin());
    }
    Mapping connection = byName.get(scalar.text());
    if (connection == null || connection.value(component).isEmpty()) {
      List<String> known =
          byName.entrySet().stream()
              .filter(e -> e.getValue().value(component).isPresent())
              .map(Map.Entry::getKey)
              .toList();
      problems.add(
          ProblemCode.E112,
          scalar.origin(),
          connection == null
              ? "there is no connection `" + scalar.text() + "`"
              : "the connection `" + scalar.text() + "` is not one for `" + component + "`",
          Nearest.hint(scalar.text(), "connections for `" + component + "`", known));
      return new Mapping(entries, own.origin());
    }
    Mapping options = (Mapping) connection.value(component).orElseThrow();
    for (Mapping.Entry entry : options.entries()) {
      if (own.entry(entry.name()).isEmpty()) {
        entries.add(entry);
      }
    }
    return new Mapping(entries, own.origin());
  }
}
