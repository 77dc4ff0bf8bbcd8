package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/**
 * A parameter of the pipeline.
 *
 * @param type a type as in a schema; empty: a string
 * @param value the value given, else that of {@code from}, else the default; empty where there is
 *     none, which is a problem already reported
 * @param secret whether the value never prints
 */
public record BoundParameter(
    String name,
    Origin origin,
    Optional<SyntaxNode> type,
    Optional<SyntaxNode> value,
    Optional<String> description,
    boolean secret) {}
