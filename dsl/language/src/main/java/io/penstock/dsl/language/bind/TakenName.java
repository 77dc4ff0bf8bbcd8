package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;
import io.penstock.dsl.language.syntax.SyntaxNode;

/** What a function or a chain takes: a name with a type as in a schema. */
public record TakenName(String name, Origin origin, SyntaxNode type) {}
