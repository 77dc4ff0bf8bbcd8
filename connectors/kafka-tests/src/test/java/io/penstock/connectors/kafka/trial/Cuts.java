package io.penstock.connectors.kafka.trial;

import io.penstock.testkit.network.Threads;
import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Cuts the way between a process and its broker, and heals it. */
final class Cuts implements AutoCloseable {
  private static final int LOOK_MILLIS = 20;
  private static final String LISTENER = "WIRED";

  private final Broker broker;
  private final Wire wire;
  private final List<Long> backMillis = new ArrayList<>();
  private final List<Integer> threads = new ArrayList<>();

  private Cuts(Broker broker, Wire wire) {
    this.broker = broker;
    this.wire = wire;
  }

  /** A broker with a way to it that can be cut. */
  static Cuts in(Path folder) throws IOException {
    Wire wire = Wire.to(1);
    Broker broker =
        Broker.in(
            folder,
            List.of(
                new Broker.Listener(
                    LISTENER, "PLAINTEXT", OptionalInt.of(wire.port()), List.of())));
    wire.leadTo(broker.port(LISTENER));
    return new Cuts(broker, wire);
  }

  /**
   * Runs a flow whose way is cut so often for so long, then heals it and lets all come out.
   *
   * @param option an option more of the sink
   */
  Verdict round(Path folder, String name, Wire.State cut, int times, Duration length, String option)
      throws Exception {
    wire.be(Wire.State.PASSING);
    Flow flow =
        Flow.through("localhost:" + wire.port(), broker, folder, name, "continuous", option);
    Process process = flow.start();
    check(!flow.endsEarly(process, 500), process, flow);
    for (int i = 0; i < times; i++) {
      threads.add(Threads.of(process));
      wire.be(cut);
      check(!flow.feedsUntil(process, length.toMillis()), process, flow);
      long epoch = flow.epoch();
      long healed = System.nanoTime();
      wire.be(Wire.State.PASSING);
      while (flow.epoch() <= epoch) {
        check(!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS), process, flow);
      }
      backMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed));
      check(!flow.feedsUntil(process, 1000), process, flow);
    }
    threads.add(Threads.of(process));
    Program.Outcome end = flow.toTheEnd(process);
    if (end.code() != 0) {
      throw new AssertionError(end.text());
    }
    return flow.verdict();
  }

  /** The same over a way that is slow, and never cut. */
  Verdict slow(Path folder, String name) throws Exception {
    wire.be(Wire.State.PASSING);
    wire.delay(Duration.ofMillis(20));
    wire.limit(1 << 20);
    Flow flow =
        Flow.through(
            "localhost:" + wire.port(), broker, folder, name, "continuous", "compression: none");
    Process process = flow.start();
    check(!flow.endsEarly(process, 2000), process, flow);
    wire.delay(Duration.ZERO);
    wire.limit(Long.MAX_VALUE);
    Program.Outcome end = flow.toTheEnd(process);
    if (end.code() != 0) {
      throw new AssertionError(end.text());
    }
    return flow.verdict();
  }

  private static void check(boolean lives, Process process, Flow flow) throws Exception {
    if (!lives) {
      throw new AssertionError(flow.program().ended(process).text());
    }
  }

  /** After which times an epoch was decided again, from the moment at which it was healed. */
  List<Long> backMillis() {
    return backMillis;
  }

  /** How many threads there were before each cut and in the end. */
  List<Integer> threads() {
    return threads;
  }

  @Override
  public void close() throws IOException {
    broker.close();
    wire.close();
  }

  /** What {@code engine/bench/cut.sh kafka} starts: a folder, seconds, times. */
  public static void main(String[] words) throws Exception {
    Path folder = Files.createDirectories(Path.of(words[0]).toAbsolutePath());
    Duration length = Duration.ofSeconds(Long.parseLong(words[1]));
    int times = Integer.parseInt(words[2]);
    Verdict all = Verdict.CLEAN;
    try (Cuts cuts = in(Files.createDirectories(folder.resolve("broker")))) {
      for (Wire.State cut : List.of(Wire.State.RESET, Wire.State.SILENT)) {
        String name = cut.name().toLowerCase(java.util.Locale.ROOT);
        all =
            all.plus(
                cuts.round(
                    folder.resolve(name), name, cut, times, length, "retry: { at_most: 10s }"));
        System.out.printf(
            "kafka, %s for %s s: back after %s ms, threads %s, %s%n",
            name, length.toSeconds(), cuts.backMillis, cuts.threads, all);
        cuts.backMillis.clear();
        cuts.threads.clear();
      }
    }
    System.exit(all.equals(Verdict.CLEAN) ? 0 : 1);
  }
}
