package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every run, shown on whole runs. */
final class LawsTest {
  private static final int ROWS = 60_000;

  @TempDir Path temporary;

  @Test
  void oneWorkerAndTwoGiveTheSameBytes() throws IOException {
    orders();
    write(
        """
        sources:
          orders:
            file: "in/*.jsonl"
            schema: { id: int, country: string, amount: "decimal(12,2)" }
        transforms:
          priced:
            set:
              net: amount * 0.8
              label: upper(country) + '-' + id
          dear:
            filter: amount > 20
          by_country:
            route:
              cases:
                french: country == 'fr'
        sinks:
          french:
            from: by_country.french
            file: out/french.csv
          rest:
            from: by_country.otherwise
            file: out/rest.jsonl
        dead_letter:
          file: out/dead.jsonl
        """);

    byte[][] one = bytes("--workers", "1");
    byte[][] two = bytes("--workers", "2");
    byte[][] small = bytes("--workers", "2", "--batch-rows", "7", "--mode", "micro_batch");

    assertArrayEquals(one, two);
    assertArrayEquals(one, small);
  }

  @Test
  @Timeout(60)
  void aKilledRunLeavesTheOldOutput() throws IOException, InterruptedException {
    orders();
    write(
        """
        sources:
          orders:
            file: in/a.jsonl
            schema: { id: int }
        sinks:
          out:
            file: out/rows.jsonl
        """);
    assertEquals(0, terminal().run("pipeline.yaml", "--quiet").code());
    byte[] before = Files.readAllBytes(temporary.resolve("out/rows.jsonl"));
    write(
        """
        sources:
          numbers:
            generator: { rate: 20000/s }
        sinks:
          out:
            file: out/rows.jsonl
        """);

    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.penstock.dsl.launcher.Main",
                "pipeline.yaml",
                "--no-state",
                "--until",
                "100000000 rows")
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    assertTrue(writesSomething(run), () -> "nothing was written: " + log());
    run.destroyForcibly().waitFor();

    assertArrayEquals(before, Files.readAllBytes(temporary.resolve("out/rows.jsonl")));
  }

  @Test
  void aFailingRunLeavesTheOldOutputAndItsDeadLetters() throws IOException {
    orders();
    write(
        """
        sources:
          orders:
            file: in/a.jsonl
            schema: { id: int, amount: "decimal(12,2)" }
        transforms:
          checked:
            set:
              share: to_double(100 / (id % 50))
            on_error: dead_letter
          strict:
            set:
              root: sqrt(150 - id)
            on_error: fail
        sinks:
          out:
            file: out/rows.jsonl
        dead_letter:
          file: out/dead.jsonl
        """);
    Files.createDirectories(temporary.resolve("out"));
    Files.writeString(temporary.resolve("out/rows.jsonl"), "");

    Outcome outcome =
        terminal().run("pipeline.yaml", "--quiet", "--batch-rows", "10", "--workers", "1");

    assertEquals(8, outcome.code(), outcome::all);
    assertTrue(outcome.all().contains("D206"), outcome::all);
    assertEquals("", Files.readString(temporary.resolve("out/rows.jsonl")));
    JsonRows dead = JsonRows.read(temporary.resolve("out/dead.jsonl"));
    assertEquals(4, dead.size(), dead::toString);
    assertTrue(dead.rows().stream().allMatch(r -> r.path("code").stringValue().equals("D202")));
  }

  @Test
  @Timeout(60)
  void aDiamondOnEdgesOfOneBatchEnds() throws IOException {
    orders();
    write(
        """
        sources:
          orders:
            file: in/a.jsonl
            schema: { id: int, country: string, amount: "decimal(12,2)" }
        transforms:
          left:
            from: orders
            set: { side: "'left'" }
          right:
            from: orders
            set: { side: "'right'" }
          both:
            from: [left, right]
            filter: id >= 0
          sums:
            aggregate:
              by: [side]
              compute:
                rows: count()
                total: sum(id)
        sinks:
          out:
            file: out/sums.jsonl
        """);

    for (String workers : List.of("1", "2")) {
      Outcome outcome =
          terminal().run("pipeline.yaml", "--quiet", "--workers", workers, "--batch-rows", "1");

      assertEquals(0, outcome.code(), outcome::all);
      long total = (long) ROWS * (ROWS - 1) / 2;
      String row = "{\"side\":\"%s\",\"rows\":%d,\"total\":%d}";
      assertEquals(
          List.of(row.formatted("left", ROWS, total), row.formatted("right", ROWS, total)),
          Files.readAllLines(temporary.resolve("out/sums.jsonl")).stream().sorted().toList());
    }
  }

  @Test
  void theOptimiserChangesNeitherRowsNorDeadLetters() throws IOException {
    for (String folder : List.of("pipelines", "samples")) {
      Repository.copy(Repository.ROOT.resolve(folder), temporary.resolve(folder));
    }
    List<String> files =
        List.of(
            "pipelines/web-access-log/pipeline.yaml",
            "pipelines/order-cleaning/pipeline.yaml",
            "pipelines/flight-delays/pipeline.yaml",
            "samples/bird-strikes.yaml",
            "samples/earthquakes.yaml");
    for (String file : files) {
      Map<String, String> on = outputs(file, "on");
      Map<String, String> off = outputs(file, "off");

      assertFalse(on.isEmpty(), file);
      assertEquals(on, off, file);
    }
  }

  private Map<String, String> outputs(String file, String optimise) throws IOException {
    Path folder = temporary.resolve(file).resolveSibling("out");
    delete(folder);
    Outcome outcome = terminal().run(file, "--quiet", "--optimise", optimise, "--workers", "1");
    assertEquals(0, outcome.code(), outcome::all);
    Map<String, String> texts = new java.util.TreeMap<>();
    for (Path out : Repository.files(folder)) {
      texts.put(folder.relativize(out).toString(), withoutTimes(Files.readString(out)));
    }
    return texts;
  }

  /** Dead letters say when they failed. */
  private static String withoutTimes(String text) {
    return text.replaceAll("\"failed_at\":\"[^\"]*\"", "");
  }

  private byte[][] bytes(String... flags) throws IOException {
    delete(temporary.resolve("out"));
    List<String> arguments = new ArrayList<>(List.of("pipeline.yaml", "--quiet"));
    arguments.addAll(List.of(flags));
    Outcome outcome = terminal().run(arguments.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::all);
    return new byte[][] {
      Files.readAllBytes(temporary.resolve("out/french.csv")),
      Files.readAllBytes(temporary.resolve("out/rest.jsonl")),
      withoutTimes(Files.readString(temporary.resolve("out/dead.jsonl"))).getBytes()
    };
  }

  private Terminal terminal() {
    return new Terminal(temporary);
  }

  private void write(String pipeline) throws IOException {
    Files.writeString(temporary.resolve("pipeline.yaml"), pipeline);
  }

  /** Two files of orders; every thousandth line of the second is broken. */
  private void orders() throws IOException {
    Files.createDirectories(temporary.resolve("in"));
    for (String file : List.of("a", "b")) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < ROWS; i++) {
        String country = List.of("fr", "de", "it").get(i % 3);
        boolean broken = file.equals("b") && i % 1000 == 7;
        text.append("{\"id\":%d,\"country\":\"%s\",".formatted(i, country));
        text.append(broken ? "\"amount\":oops}\n" : "\"amount\":%d.5}\n".formatted(i % 90));
      }
      Files.writeString(temporary.resolve("in/" + file + ".jsonl"), text);
    }
  }

  /** Waits until a hidden or temporary file grows in the output folder. */
  private boolean writesSomething(Process run) throws IOException, InterruptedException {
    while (run.isAlive()) {
      for (Path file : Repository.files(temporary.resolve("out"))) {
        if (!file.endsWith("rows.jsonl") && Files.size(file) > 0) {
          return true;
        }
      }
      run.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private String log() {
    try {
      return Files.readString(temporary.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
