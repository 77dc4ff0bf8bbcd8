package io.penstock.connectors.kafka;

import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that are written to, as the brokers describe them. Used by one thread. */
final class TargetTopics {
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final Admin admin;
  private final Failure failure;
  private final Clock clock;
  private final Map<String, Seen> seen = new HashMap<>();

  /** What was seen of a topic; empty where there is none. */
  private record Seen(Optional<Limits> limits, long atNanos) {}

  TargetTopics(Admin admin, Failure failure, Clock clock) {
    this.admin = admin;
    this.failure = failure;
    this.clock = clock;
  }

  /** What a topic takes; empty where there is no such topic, which is looked for now and then. */
  Optional<Limits> limits(String topic) {
    Seen before = seen.get(topic);
    if (before != null && (before.limits().isPresent() || !isOld(before))) {
      return before.limits();
    }
    return look(topic);
  }

  /** The same where the topic may have got this partition since. */
  Optional<Limits> limits(String topic, int partition) {
    Optional<Limits> known = limits(topic);
    boolean enough = known.isEmpty() || partition < known.get().partitions();
    Seen before = seen.get(topic);
    return enough || before == null || !isOld(before) ? known : look(topic);
  }

  private boolean isOld(Seen what) {
    return clock.nanos() - what.atNanos() > REMEMBERED.toNanos();
  }

  private Optional<Limits> look(String topic) {
    Optional<Limits> found = describe(topic);
    seen.put(topic, new Seen(found, clock.nanos()));
    return found;
  }

  private Optional<Limits> describe(String topic) {
    int partitions;
    try {
      TopicDescription described =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      partitions = described == null ? 0 : described.partitions().size();
    } catch (ExecutionException wrong) {
      if (wrong.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failure.of("topic `" + topic + "` cannot be written", wrong);
    } catch (InterruptedException stopped) {
      throw failure.interrupted("topic `" + topic + "` cannot be written", stopped);
    }
    return Optional.of(limits(topic, partitions, settings(topic)));
  }

  private ConfigResource settings(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private Limits limits(String topic, int partitions, ConfigResource settings) {
    try {
      Config config = admin.describeConfigs(List.of(settings)).all().get().get(settings);
      return config == null ? Limits.unknown(partitions) : Limits.of(partitions, config);
    } catch (ExecutionException wrong) {
      if (wrong.getCause() instanceof AuthorizationException) {
        return Limits.unknown(partitions);
      }
      throw failure.of("the settings of topic `" + topic + "` cannot be read", wrong);
    } catch (InterruptedException stopped) {
      throw failure.interrupted("topic `" + topic + "` cannot be written", stopped);
    }
  }
}
