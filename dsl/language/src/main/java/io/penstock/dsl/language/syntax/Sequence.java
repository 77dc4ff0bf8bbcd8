package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import java.util.List;

/** A list. */
public record Sequence(List<SyntaxNode> elements, Origin origin) implements SyntaxNode {
  public Sequence {
    elements = List.copyOf(elements);
  }

  @Override
  public String kind() {
    return "a list";
  }
}
