package io.penstock.dsl.language.transform;

import io.penstock.api.option.Option;
import java.util.OptionalLong;

/** Which rows of its group the aggregates of a row see, by their number. */
public record RowsOptions(
    @Option(
            value = "How many rows up to this one, which is one of them.",
            main = true,
            least = 1,
            most = 1_000_000)
        OptionalLong count,
    @Option(value = "How many rows before this one.", least = 0, most = 1_000_000)
        OptionalLong before,
    @Option(value = "How many rows behind this one.", least = 0, most = 1_000_000)
        OptionalLong after) {}
