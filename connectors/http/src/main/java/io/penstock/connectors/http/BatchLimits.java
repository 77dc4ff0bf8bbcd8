package io.penstock.connectors.http;

import io.penstock.api.option.Config;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;

/** How much goes into one request. */
public record BatchLimits(
    @Option(
            value = "The most rows of a request.",
            byDefault = "1000",
            least = 1,
            most = 100_000,
            matter = Matter.PACE)
        int maxRows,
    @Option(
            value =
                "The most bytes of a request, before they are compressed; a row that has more goes alone.",
            byDefault = "1MiB",
            matter = Matter.PACE)
        DataSize maxBytes)
    implements Config {
  /** As it is where nothing is said. */
  static final BatchLimits USUAL = new BatchLimits(1000, DataSize.mebibytes(1));
}
