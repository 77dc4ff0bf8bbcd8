package io.penstock.dsl.language.bind;

import java.util.Map;
import java.util.Set;

/** Words of the language that this version does not read yet. */
final class Later {
  private static final Set<String> COMPONENTS =
      Set.of(
          "s3",
          "mqtt",
          "nats",
          "amqp",
          "elasticsearch",
          "opensearch",
          "loki",
          "prometheus",
          "otlp",
          "metrics",
          "mongodb",
          "clickhouse",
          "dynamodb",
          "hdfs",
          "iceberg",
          "delta",
          "bytes",
          "snappy",
          "lz4",
          "bzip2");
  private static final Map<String, Set<String>> KEYS = Map.of("table", Set.of("from", "keep_for"));

  private Later() {}

  static boolean component(String name) {
    return COMPONENTS.contains(name);
  }

  /** A key beside the component of a kind of step. */
  static boolean key(String noun, String key) {
    return KEYS.getOrDefault(noun, Set.of()).contains(key);
  }
}
