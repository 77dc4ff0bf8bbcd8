package io.penstock.connectors.kafka;

import io.penstock.api.option.Config;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How much is sent together to one partition. */
public record BatchLimits(
    @Option(
            value =
                "The most bytes that are sent together, before they are compressed; a row that has more goes alone.",
            byDefault = "128KiB",
            matter = Matter.PACE)
        DataSize maxBytes,
    @Option(value = "How long rows wait for others; left out: not at all.", matter = Matter.PACE)
        Optional<Duration> maxWait)
    implements Config {
  /**
   * Those where none are given: eight times the client's own bytes. What waits while others are
   * sent goes out by fewer requests, which costs less on either side; what need not wait goes as
   * soon.
   */
  static final BatchLimits USUAL = new BatchLimits(new DataSize(128 << 10), Optional.empty());

  /** Puts them in; what `properties` say goes first. */
  void putInto(Map<String, Object> settings) {
    settings.putIfAbsent("batch.size", (int) Math.min(Integer.MAX_VALUE, maxBytes.bytes()));
    maxWait.ifPresent(wait -> settings.putIfAbsent("linger.ms", wait.toMillis()));
  }
}
