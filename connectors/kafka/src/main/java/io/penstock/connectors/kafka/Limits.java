package io.penstock.connectors.kafka;

import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;

/**
 * What a topic takes.
 *
 * @param known whether its settings may be seen; where not, only the broker's answer tells
 * @param partitions how many it has
 * @param largest the most bytes of a batch, as it is stored
 * @param compacted whether records must have a key
 * @param aheadMillis how far in the future a record's time may lie
 * @param behindMillis how far in the past
 */
record Limits(
    boolean known,
    int partitions,
    long largest,
    boolean compacted,
    long aheadMillis,
    long behindMillis) {
  /** Of a topic whose settings may not be seen. */
  static Limits unknown(int partitions) {
    return new Limits(false, partitions, Long.MAX_VALUE, false, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Of a topic with these settings. */
  static Limits of(int partitions, Config config) {
    boolean own = text(config, "message.timestamp.type").map("CreateTime"::equals).orElse(true);
    return new Limits(
        true,
        partitions,
        number(config, "max.message.bytes"),
        text(config, "cleanup.policy").map(p -> p.contains("compact")).orElse(false),
        own ? number(config, "message.timestamp.after.max.ms") : Long.MAX_VALUE,
        own ? number(config, "message.timestamp.before.max.ms") : Long.MAX_VALUE);
  }

  private static Optional<String> text(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.value());
  }

  private static long number(Config config, String name) {
    return text(config, name).map(Long::parseLong).orElse(Long.MAX_VALUE);
  }
}
