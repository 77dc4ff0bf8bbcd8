package io.penstock.connectors.jdbc;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import java.time.Duration;

/** For how long a database that does not take rows is tried again. */
public record Retry(
    @Option(
            value = "After how long the run gives up and ends; the next one delivers what is left.",
            byDefault = "10m",
            matter = Matter.PACE)
        Duration giveUpAfter)
    implements Config {
  /** As it is where nothing is written. */
  static final Retry USUAL = new Retry(Duration.ofMinutes(10));
}
