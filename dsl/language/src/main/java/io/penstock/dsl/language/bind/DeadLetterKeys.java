package io.penstock.dsl.language.bind;

import io.penstock.api.option.Option;
import java.util.Optional;

/** The keys beside the sink of the dead letters. */
public record DeadLetterKeys(
    @Option("What it is for.") Optional<String> description,
    @Option("How many records may fail before the run stops.") Optional<StopAbove> stopAbove) {}
