package io.penstock.dsl.launcher.kill;

import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Kills of runs that are sent rows by HTTP; senders send again what was not answered. */
final class ServerKills {
  private static final int SENDERS = 4;
  private static final int MOST_MILLIS = 700;
  private static final int PATIENCE_SECONDS = 120;

  private final Program program;
  private final int rows;
  private final Random chance;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final int port;
  private int kills;

  ServerKills(Program program, int rows, Random chance) throws IOException {
    this.program = program;
    this.rows = rows;
    this.chance = chance;
    this.port = Ports.free();
  }

  int kills() {
    return kills;
  }

  /**
   * Runs and kills until everything that was to be sent is answered, at least so many kills; then
   * stops as one is stopped. Rows may have come twice: what is judged is what was answered.
   */
  Verdict round(Path folder, int wanted) throws Exception {
    write(folder);
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    List<Future<?>> sending = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      sending.add(senders.submit(this::send));
    }
    for (int kill = 0; kill < wanted; kill++) {
      int before = answered.get();
      Process process = start(folder);
      while (answered.get() == before && answered.get() < rows) {
        if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(Files.readString(folder.resolve("run.log")));
        }
      }
      boolean unused = process.waitFor(chance.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      kills++;
    }
    Process last = start(folder);
    for (Future<?> one : sending) {
      one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    last.destroy();
    if (!last.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || last.exitValue() != 0) {
      throw new AssertionError(Files.readString(folder.resolve("run.log")));
    }
    senders.shutdownNow();
    return verdict(folder);
  }

  private Process start(Path folder) throws IOException {
    return program.start(folder, List.of(), List.of("pipeline.yaml", "--quiet"));
  }

  private Void send() throws InterruptedException {
    for (int seq = next.getAndIncrement(); seq < rows; seq = next.getAndIncrement()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rows"))
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString(HttpKills.line(seq)))
              .build();
      while (!isTaken(request)) {
        Thread.sleep(20);
      }
      answered.incrementAndGet();
    }
    return null;
  }

  private boolean isTaken(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException killed) {
      return false;
    }
  }

  private void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: kills
        sources:
          rows:
            http_server: { listen: %d, path: /rows, format: json }
            schema: { seq: int, value: string, checksum: int }
            on_error: fail
        sinks:
          out:
            file: { path: out/, format: json }
        run:
          mode: continuous
          checkpoint: 30ms
        """
            .formatted(port));
  }

  private Verdict verdict(Path folder) throws IOException {
    int[] came = new int[rows];
    int corrupt = 0;
    int phantom = 0;
    int hidden = 0;
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("out"))) {
      files = all.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      hidden += name.endsWith(".tmp") ? 1 : 0;
      if (!name.matches("part-.*jsonl")) {
        continue;
      }
      for (String line : Files.readAllLines(file)) {
        int seq = Integer.parseInt(line.replaceAll("\\{\"seq\":(\\d+),.*", "$1"));
        if (seq >= rows) {
          phantom++;
        } else {
          corrupt += line.equals(HttpKills.line(seq)) ? 0 : 1;
          came[seq]++;
        }
      }
    }
    int lost = 0;
    for (int times : came) {
      lost += times == 0 ? 1 : 0;
    }
    return new Verdict(lost, 0, 0, corrupt, phantom + hidden);
  }
}
