package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records that are fed into one topic, and a pipeline that brings them into another, started as
 * often as it takes.
 */
final class Flow {
  private static final int LOT = 100;
  private static final int PAUSE_MILLIS = 10;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Path folder;
  private final Program program;
  private final String mode;
  private final Topic in;
  private final Topic out;
  private int fed;

  private Flow(Path folder, Program program, String mode, Topic in, Topic out) {
    this.folder = folder;
    this.program = program;
    this.mode = mode;
    this.in = in;
    this.out = out;
  }

  /**
   * A flow between two new topics.
   *
   * @param name of the topics
   * @param run the rest of the pipeline's run block, a line for each key; without {@code
   *     checkpoint} it is so short that rows go out before they are decided
   */
  static Flow make(Broker broker, Path folder, String name, String mode, String... run)
      throws IOException, ExecutionException, InterruptedException {
    return with(broker, folder, name, mode, "compression: none", run);
  }

  /**
   * The same with an option more of the sink.
   *
   * @param option a line
   */
  static Flow with(
      Broker broker, Path folder, String name, String mode, String option, String... run)
      throws IOException, ExecutionException, InterruptedException {
    return through(broker.address(), broker, folder, name, mode, option, run);
  }

  /**
   * The same, where the process reaches the broker at another address.
   *
   * @param address what the pipeline has
   */
  static Flow through(
      String address,
      Broker broker,
      Path folder,
      String name,
      String mode,
      String option,
      String... run)
      throws IOException, ExecutionException, InterruptedException {
    Files.createDirectories(folder);
    Program program = new Program(folder);
    program.write(
        """
        name: flow
        sources:
          in:
            kafka:
              { brokers: "%1$s", topic: %2$s-in, group: flow, timeout: 5s, format: json,
                properties: { metadata.max.age.ms: 1000 } }
            schema: { seq: int, key: string, check: int }
        sinks:
          out:
            kafka:
              brokers: "%1$s"
              topic: %2$s-out
              key: key
              timeout: 5s
              format: json
              %4$s
        run:
          mode: %3$s
        """
                .formatted(address, name, mode, option)
            + pace(run)
            + String.join("", Stream.of(run).map(line -> "  " + line + "\n").toList()));
    Topic in = Topic.make(broker, name + "-in", 3);
    return new Flow(folder, program, mode, in, Topic.make(broker, name + "-out", 2));
  }

  private static String pace(String... run) {
    boolean own = Stream.of(run).anyMatch(line -> line.startsWith("checkpoint:"));
    return own ? "" : "  checkpoint: 100ms\n";
  }

  Program program() {
    return program;
  }

  Topic in() {
    return in;
  }

  Topic out() {
    return out;
  }

  /** How many records were fed. */
  int fed() {
    return fed;
  }

  /** Feeds some records. */
  void feed(int count) {
    in.send(
        IntStream.range(fed, fed + count)
            .mapToObj(n -> in.keyed(Verdict.key(n), Verdict.value(n)))
            .toList());
    fed += count;
  }

  Process start(String... options) throws IOException {
    return program.start(List.of(options), "--state", "state");
  }

  /**
   * Feeds until the process has decided an epoch, however long its start takes, and then for so
   * long; whether it has ended.
   */
  boolean endsEarly(Process process, long millis) throws IOException, InterruptedException {
    long before = epoch();
    for (int i = 0; i < PATIENCE_MILLIS / PAUSE_MILLIS && epoch() == before; i++) {
      feed(1);
      if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return feedsUntil(process, millis);
  }

  /** Feeds for so long, or until the process ends. */
  boolean feedsUntil(Process process, long millis) throws InterruptedException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(millis)) {
      feed(LOT);
      if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** The last epoch that was decided; 0 for none. */
  long epoch() throws IOException {
    if (!Files.exists(folder.resolve("state"))) {
      return 0;
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
      files.filter(f -> f.getFileName().toString().matches("c-\\d+")).forEach(all::add);
    } catch (java.io.UncheckedIOException removedMeanwhile) {
      return epoch();
    }
    return all.stream()
        .mapToLong(f -> Long.parseLong(f.getFileName().toString().substring(2)))
        .max()
        .orElse(0);
  }

  /** Lets the process bring all that was fed, then stops it. */
  Program.Outcome toTheEnd(Process process)
      throws IOException, InterruptedException, ExecutionException {
    if (mode.equals("continuous")) {
      long begun = System.nanoTime();
      while (!out.holds(fed)
          && System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          return program.ended(process);
        }
      }
      process.destroy();
    }
    return program.ended(process);
  }

  Verdict verdict() {
    return Verdict.of(out.records(), fed);
  }
}
