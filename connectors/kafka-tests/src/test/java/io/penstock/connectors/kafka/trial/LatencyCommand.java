package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures applications between two topics of one broker: {@code LatencyCommand ROOT FOLDER LINES
 * STREAMS_CLASSPATH APPLICATIONS RATE WARM SECONDS DRAIN ROUNDS}; called by {@code
 * engine/bench/latency.sh}, which says what the words mean.
 */
final class LatencyCommand {
  private final Path root;
  private final Path folder;
  private final Path file;
  private final List<byte[]> lines;
  private final String streams;
  private final Broker broker;
  private int number;

  private LatencyCommand(Path root, Path folder, Path lines, String streams) throws IOException {
    this.root = root;
    this.folder = folder;
    this.streams = streams;
    this.file = lines;
    try (Stream<String> all = Files.lines(lines)) {
      this.lines = all.map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
    this.broker = Broker.in(Files.createDirectories(folder.resolve("broker")));
  }

  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[1]);
    LatencyCommand command =
        new LatencyCommand(Path.of(words[0]), folder, Path.of(words[2]), words[3]);
    try {
      int rate = Integer.parseInt(words[5]);
      System.out.printf(
          "%-22s %9s %8s %8s %8s %8s %7s %7s %10s%n",
          "application",
          "records",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "max ms",
          "CPU s",
          "MB",
          "drain /s");
      for (int round = 0; round < Integer.parseInt(words[9]); round++) {
        for (String application : words[4].split(",")) {
          command.measure(
              application,
              rate,
              Integer.parseInt(words[6]),
              Integer.parseInt(words[7]),
              Integer.parseInt(words[8]));
        }
      }
    } finally {
      command.broker.close();
    }
  }

  private void measure(String application, int rate, int warm, int seconds, int drain)
      throws Exception {
    if (application.equals("known") && drain == 0) {
      return;
    }
    if (application.equals("known")) {
      System.out.printf(Locale.ROOT, "%-22s %75.0f%n", application, drained(application, drain));
      return;
    }
    boolean none = application.equals("none");
    String from = "from-" + ++number;
    String to = none ? from : "to-" + number;
    for (String topic : none ? List.of(from) : List.of(from, to)) {
      Topic unused = Topic.make(broker, topic, SteadyLoad.PARTITIONS);
    }
    long[] latencies;
    App app = none ? App.none() : start(application, from, to);
    try (SteadyLoad load = new SteadyLoad(broker.address(), from, to, lines)) {
      if (!none) {
        load.await();
      }
      latencies = load.latencies(rate, warm, seconds);
      app.look();
    } finally {
      app.end();
    }
    String drained = none || drain == 0 ? "" : "%.0f".formatted(drained(application, drain));
    System.out.printf(
        Locale.ROOT,
        "%-22s %9d %8.2f %8.2f %8.2f %8.2f %7.1f %7d %10s%n",
        application,
        latencies.length,
        at(latencies, 0.5),
        at(latencies, 0.99),
        at(latencies, 0.999),
        at(latencies, 1),
        app.cpu,
        app.peak,
        drained);
  }

  private double drained(String application, int count) throws Exception {
    String from = "from-" + ++number;
    String to = "to-" + number;
    for (String topic : List.of(from, to)) {
      Topic unused = Topic.make(broker, topic, SteadyLoad.PARTITIONS);
    }
    try (SteadyLoad load = new SteadyLoad(broker.address(), from, to, lines)) {
      long wanted = load.fill(count);
      App app = start(application, from, to);
      try {
        return count / load.drain(wanted);
      } finally {
        app.end();
      }
    }
  }

  /** In milliseconds. */
  private static double at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, index)] / 1e6;
  }

  private App start(String application, String from, String to) throws IOException {
    Path own = Files.createDirectories(folder.resolve(from));
    String[] parts = application.split(":");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    switch (parts[0]) {
      case "plain", "known" -> {
        command.addAll(List.of(java, "-Xmx1g", "-cp", System.getProperty("java.class.path")));
        Class<?> loop = parts.length > 1 ? TransactionLoop.class : PlainLoop.class;
        command.addAll(List.of(loop.getName(), broker.address(), from, to));
        command.addAll(List.of(parts).subList(1, parts.length));
        if (parts[0].equals("known")) {
          command.add(file.toString());
        }
      }
      case "streams" -> {
        command.addAll(List.of(java, "-Xmx1g", "-cp", streams, "StreamsPeer", broker.address()));
        command.addAll(List.of(from, to, own.resolve("state").toString()));
        command.add(parts.length > 1 ? parts[1] : "at_least_once");
      }
      case "penstock" -> {
        String text = Files.readString(root.resolve("engine/bench/latency/pipeline.yaml"));
        String run =
            parts.length == 1
                ? "run: { mode: continuous, delivery: at_least_once }\n"
                : "run: { mode: continuous, delivery: exactly_once, checkpoint: "
                    + parts[1]
                    + "ms }\n";
        Path pipeline = Files.writeString(own.resolve("pipeline.yaml"), run + text);
        command.addAll(List.of(root.resolve("run-pipeline").toString(), pipeline.toString()));
        command.addAll(List.of("--quiet", "--state", own.resolve("state").toString()));
      }
      default -> throw new IllegalArgumentException("there is no application " + application);
    }
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("BROKERS", broker.address());
    process.environment().put("FROM", from);
    process.environment().put("TO", to);
    process.redirectOutput(own.resolve("log").toFile());
    return new App(process.start());
  }

  /** A process that is measured. */
  private static final class App {
    private final java.util.Optional<Process> process;
    private double cpu;
    private long peak;

    App(Process process) {
      this.process = java.util.Optional.of(process);
    }

    private App() {
      this.process = java.util.Optional.empty();
    }

    static App none() {
      return new App();
    }

    /** Takes its figures while it still runs. */
    void look() throws IOException {
      if (process.isPresent()) {
        Process running = process.get();
        cpu = running.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(0.0);
        Path status = Path.of("/proc", Long.toString(running.pid()), "status");
        try (Stream<String> all = Files.lines(status)) {
          peak =
              all.filter(line -> line.startsWith("VmHWM:"))
                  .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                  .findFirst()
                  .orElse(0);
        }
      }
    }

    void end() throws InterruptedException {
      if (process.isPresent()) {
        process.get().destroy();
        if (!process.get().waitFor(20, TimeUnit.SECONDS)) {
          process.get().destroyForcibly().waitFor();
        }
      }
    }
  }
}
