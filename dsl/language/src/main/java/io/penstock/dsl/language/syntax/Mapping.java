package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import java.util.List;
import java.util.Optional;

/** A map, in the order of the file; keys are unique. */
public record Mapping(List<Entry> entries, Origin origin) implements SyntaxNode {
  public Mapping {
    entries = List.copyOf(entries);
  }

  /** A key with its value. */
  public record Entry(Scalar key, SyntaxNode value) {
    /** The key's text. */
    public String name() {
      return key.text();
    }
  }

  /** The entry of a key. */
  public Optional<Entry> entry(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** The value of a key. */
  public Optional<SyntaxNode> value(String name) {
    return entry(name).map(Entry::value);
  }

  @Override
  public String kind() {
    return "a map";
  }
}
