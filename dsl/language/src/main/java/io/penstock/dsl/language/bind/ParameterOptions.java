package io.penstock.dsl.language.bind;

import io.penstock.api.option.Option;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/** A parameter as declared. */
public record ParameterOptions(
    @Option("Its type, as in a schema; left out: string.") Optional<SyntaxNode> type,
    @Option("Its value where none is given.") Optional<SyntaxNode> default_,
    @Option("What it is for.") Optional<String> description,
    @Option(value = "Whether its value never prints.", byDefault = "false") boolean secret,
    @Option("Where its value comes from: `\"${NAME}\"`.") Optional<SyntaxNode> from) {}
