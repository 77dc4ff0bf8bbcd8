package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;

/** A node of a YAML document. An anchored node stands once in the tree for each of its aliases. */
public sealed interface SyntaxNode permits Scalar, Sequence, Mapping {
  /** Where it begins; the length reaches to the end of its first line at most. */
  Origin origin();

  /** The node in words, for messages: a text, a list, a map. */
  String kind();
}
