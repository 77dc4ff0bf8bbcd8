package io.penstock.dsl.language.transform;

import io.penstock.api.option.Option;
import java.time.Duration;
import java.util.Optional;

/** How far apart in time two rows may be: the time of the other row minus the row's own. */
public record WithinOptions(
    @Option(value = "How far to either side.", main = true) Optional<Duration> around,
    @Option(
            value = "How much earlier the other row may be; less than zero: it must be later.",
            least = -9_000_000_000_000_000_000L)
        Optional<Duration> before,
    @Option(
            value = "How much later the other row may be; less than zero: it must be earlier.",
            least = -9_000_000_000_000_000_000L)
        Optional<Duration> after) {}
