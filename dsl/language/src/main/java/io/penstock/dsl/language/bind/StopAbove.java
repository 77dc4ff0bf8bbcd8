package io.penstock.dsl.language.bind;

import io.penstock.api.option.Option;
import io.penstock.api.option.Share;

/** How many records may fail before the run stops. */
public record StopAbove(
    @Option(value = "The share of failing records.", byDefault = "50%", main = true) Share rate,
    @Option(
            value = "The number of records last seen over which the share is taken.",
            byDefault = "1000",
            least = 1,
            most = 1_000_000_000)
        int ofLast) {}
