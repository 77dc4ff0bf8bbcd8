package io.penstock.dsl.language.bind;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import java.util.Optional;

/** The keys beside the component of a sink. */
public record SinkKeys(
    @Option("What it is for.") Optional<String> description,
    @Option("The step it reads, `step.output`, or a list of them; left out: the last transform.")
        Optional<OneOrMany<Placed<String>>> from,
    @Option("What happens to a row that the sink refuses.") Optional<Placed<OnError>> onError,
    @Option("The guarantee that this sink must reach.") Optional<Placed<Delivery>> delivery) {}
