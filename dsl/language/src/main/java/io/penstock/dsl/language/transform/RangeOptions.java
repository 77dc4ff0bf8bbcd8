package io.penstock.dsl.language.transform;

import io.penstock.api.option.Option;
import java.time.Duration;
import java.util.Optional;

/** Which rows of its group the aggregates of a row see, by their time. */
public record RangeOptions(
    @Option(value = "How much earlier they are at most.", main = true) Optional<Duration> length,
    @Option("How much earlier they are at most.") Optional<Duration> before,
    @Option("How much later they are at most.") Optional<Duration> after) {}
