package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import java.util.Optional;

/** The keys beside the component of a transform. */
public record TransformKeys(
    @Option("What it is for.") Optional<String> description,
    @Option("The step it reads, `step.output`, or a list of them; left out: the step above.")
        Optional<OneOrMany<Placed<String>>> from,
    @Option("Rows for which this is not true pass unchanged.") Optional<ExpressionText> when,
    @Option("What happens to a row for which the step fails.") Optional<Placed<OnError>> onError,
    @Option("The step's former name, under which its state is kept.")
        Optional<Placed<String>> previously) {}
