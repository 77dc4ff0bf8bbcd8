package io.penstock.connectors.kafka;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Map;

/** The client's own settings that may be given: those of pace. */
final class Properties {
  private static final List<String> COMMON =
      List.of(
          "client.dns.lookup",
          "client.rack",
          "connections.max.idle.ms",
          "metadata.max.age.ms",
          "receive.buffer.bytes",
          "reconnect.backoff.max.ms",
          "reconnect.backoff.ms",
          "retry.backoff.max.ms",
          "retry.backoff.ms",
          "send.buffer.bytes",
          "socket.connection.setup.timeout.max.ms",
          "socket.connection.setup.timeout.ms");
  static final List<String> OF_CONSUMERS =
      List.of(
          "fetch.max.bytes",
          "fetch.max.wait.ms",
          "fetch.min.bytes",
          "max.partition.fetch.bytes",
          "max.poll.records");
  static final List<String> OF_PRODUCERS =
      List.of(
          "batch.size",
          "buffer.memory",
          "compression.gzip.level",
          "compression.lz4.level",
          "compression.zstd.level",
          "linger.ms",
          "max.request.size",
          "partitioner.adaptive.partitioning.enable");

  private Properties() {}

  /** Reports what may not be given. */
  static void check(Map<String, String> given, List<String> own, Checks checks) {
    for (String name : given.keySet()) {
      if (!COMMON.contains(name) && !own.contains(name)) {
        checks.problem(ProblemCode.E104, "properties", why(name), hint(name, own));
      }
    }
  }

  private static String why(String name) {
    String refused = "`properties` may not set `" + name + "`: ";
    if (name.startsWith("sasl.") || name.startsWith("ssl.") || name.equals("security.protocol")) {
      return refused + "who asks and how it is kept secret is said by `auth` and `tls`";
    }
    if (name.endsWith(".classes")
        || name.endsWith(".class")
        || name.endsWith("serializer")
        || name.startsWith("interceptor.")
        || name.equals("metric.reporters")) {
      return refused + "it would run code of others";
    }
    if (name.equals("compression.type")) {
      return refused + "that is what `compression` says";
    }
    return refused + "it is none of the settings of pace, and the engine sees to the rest";
  }

  private static String hint(String name, List<String> own) {
    List<String> all = java.util.stream.Stream.concat(COMMON.stream(), own.stream()).toList();
    return Nearest.to(name, all)
        .map(near -> "did you mean `" + near + "`?")
        .orElse("allowed are " + String.join(", ", all));
  }
}
