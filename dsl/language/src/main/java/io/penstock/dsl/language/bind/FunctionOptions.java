package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Map;

/** A function as declared. */
public record FunctionOptions(
    @Option("Its arguments with their types, as in a schema.")
        Map<Placed<String>, SyntaxNode> takes,
    @Option("What it gives.") ExpressionText is) {}
