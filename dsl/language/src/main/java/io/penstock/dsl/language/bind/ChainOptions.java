package io.penstock.dsl.language.bind;

import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Map;

/** A chain as declared; its steps are bound by the role of transforms. */
public record ChainOptions(
    @Option("Its arguments with their types, as in a schema.")
        Map<Placed<String>, SyntaxNode> takes,
    @Option("What it does, as in the transform `steps`.") SyntaxNode steps) {}
