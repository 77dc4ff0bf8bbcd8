package io.penstock.dsl.language.bind;

import java.util.Map;
import java.util.Set;

/** Words of the language that this version does not read yet. */
final class Later {
  private static final Set<String> COMPONENTS =
      Set.of(
          "over",
          "script",
          "java",
          "http",
          "http_server",
          "kafka",
          "s3",
          "tcp",
          "udp",
          "syslog",
          "redis",
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
          "xml",
          "avro",
          "parquet",
          "protobuf",
          "logfmt",
          "cef",
          "bytes",
          "debezium",
          "snappy",
          "lz4",
          "bzip2");
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "aggregate", Set.of("emit"),
          "top", Set.of("emit"),
          "lookup", Set.of("http", "jdbc", "redis"),
          "file", Set.of("watch", "follow", "forget_after", "when_done", "ignore_older", "start"));

  private static final Map<String, Set<String>> KEYS = Map.of("table", Set.of("from", "keep_for"));

  private Later() {}

  static boolean component(String name) {
    return COMPONENTS.contains(name);
  }

  /** A key beside the component of a kind of step. */
  static boolean key(String noun, String key) {
    return KEYS.getOrDefault(noun, Set.of()).contains(key);
  }

  static boolean option(String component, String option) {
    return OPTIONS.getOrDefault(component, Set.of()).contains(option);
  }
}
