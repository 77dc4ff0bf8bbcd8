package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@code engine/bench/latency.sh} starts. */
final class LatencyCommand {
  private static final int PARTITIONS = 2;
  private static final int VALUES = 100_000;
  private static final Duration WARM = Duration.ofSeconds(20);
  private static final Map<String, String> LEAST = Map.of("DELIVERY", "at_least_once");

  private final Path folder;
  private final Broker broker;
  private final List<byte[]> bids;
  private final int rate;
  private final Duration measured;

  private LatencyCommand(
      Path folder, Broker broker, List<byte[]> bids, int rate, Duration measured) {
    this.folder = folder;
    this.broker = broker;
    this.bids = bids;
    this.rate = rate;
    this.measured = measured;
  }

  /**
   * Measures each application in turn, so often.
   *
   * @param words the repository, an empty folder, a file of bids, the rate, the seconds, the
   *     rounds, then applications: {@code plain}, {@code least}, or {@code once:} and a checkpoint
   */
  public static void main(String[] words) throws Exception {
    Path root = Path.of(words[0]).toAbsolutePath();
    Path folder = Files.createDirectories(Path.of(words[1]).toAbsolutePath());
    List<byte[]> bids = new ArrayList<>();
    try (var lines = Files.lines(Path.of(words[2]))) {
      lines
          .limit(VALUES)
          .forEach(l -> bids.add(l.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    int rate = Integer.parseInt(words[3]);
    Duration measured = Duration.ofSeconds(Integer.parseInt(words[4]));
    try (Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      LatencyCommand command = new LatencyCommand(folder, broker, bids, rate, measured);
      for (int round = 0; round < Integer.parseInt(words[5]); round++) {
        for (String application : List.of(words).subList(6, words.length)) {
          command.measure(root, application, round);
        }
      }
    }
  }

  private void measure(Path root, String application, int round) throws Exception {
    Topic in = Topic.make(broker, "in", PARTITIONS);
    Topic out = Topic.make(broker, "out", PARTITIONS);
    Path here = Files.createDirectories(folder.resolve(application.replace(':', '-') + round));
    Process process = start(root, here, application);
    try {
      if (process.waitFor(5, TimeUnit.SECONDS)) {
        throw new IOException(application + " ended: " + Files.readString(here.resolve("run.log")));
      }
      Latency latency = new Latency(broker.address(), bids, rate, measured, PARTITIONS);
      latency.run("in", "out", WARM, measured);
      double cpu =
          process.info().totalCpuDuration().map(d -> d.toMillis() / 1000.0).orElse(Double.NaN);
      System.out.printf("%-14s %s  CPU %6.1f s%n", application, latency, cpu);
    } finally {
      process.destroyForcibly().waitFor();
      in.delete();
      out.delete();
    }
  }

  private Process start(Path root, Path here, String application) throws IOException {
    if (application.equals("plain")) {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx1g",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              PlainLoop.class.getName(),
              broker.address(),
              Integer.toString(PARTITIONS))
          .redirectErrorStream(true)
          .redirectOutput(here.resolve("run.log").toFile())
          .start();
    }
    Map<String, String> how =
        application.equals("least")
            ? LEAST
            : Map.of(
                "DELIVERY",
                "exactly_once",
                "CHECKPOINT",
                application.substring(application.indexOf(':') + 1));
    ProcessBuilder builder =
        new ProcessBuilder(
                root.resolve("run-pipeline").toString(),
                root.resolve("engine/bench/kafka/w5.yaml").toString(),
                "--state",
                here.resolve("state").toString())
            .redirectErrorStream(true)
            .redirectOutput(here.resolve("run.log").toFile());
    builder.environment().putAll(how);
    builder.environment().put("KAFKA_BROKERS", broker.address());
    return builder.start();
  }
}
