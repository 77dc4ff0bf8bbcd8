package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals and closed pipes reach a process of its own. */
final class ForkedRunTest {
  private static final String ENDLESS =
      """
      sources:
        numbers:
          generator: { rate: 1000/s, fields: { n: n } }
      sinks:
        out:
          console: { format: json }
      """;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endsWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void anEndlessRunThatIsToldToStopEndsWellAndSaysHowFarItGot() throws Exception {
    Process process = run(ENDLESS);
    BufferedReader lines = lines(process);
    assertTrue(lines.readLine().startsWith("{\"n\":"));

    signal(process);
    String err = drained(process, lines);

    assertEquals(0, process.exitValue(), err);
    assertTrue(err.contains("stopping cleanly"), err);
    assertTrue(err.contains("pipeline: stopped after"), err);
  }

  @Test
  void aRunThatWasToReachAnEndAndIsStoppedSaysSo() throws Exception {
    Process process = run(ENDLESS.replace("rate: 1000/s", "rate: 1000/s, count: 100000000"));
    BufferedReader lines = lines(process);
    lines.readLine();

    signal(process);
    String err = drained(process, lines);

    assertEquals(4, process.exitValue(), err);
  }

  @Test
  void aRunThatWaitsForInputStopsWhenToldTo() throws Exception {
    Process process =
        run(
            """
            sources:
              typed:
                console: { format: json }
                schema: { n: int }
            sinks:
              out:
                console: { format: json }
            """);
    process.outputWriter().append("{\"n\":1}\n").flush();
    BufferedReader lines = lines(process);
    assertEquals("{\"n\":1}", lines.readLine());

    signal(process);
    String err = drained(process, lines);

    assertEquals(4, process.exitValue(), err);
    assertTrue(err.contains("pipeline: stopped after"), err);
  }

  @Test
  void rowsAreShownThoughTheNextOneIsNotTypedYet() throws Exception {
    Process process =
        start(
            """
            sources:
              typed:
                console: { format: json }
                schema: { n: int }
            sinks:
              out:
                file: { path: out/, format: { json: lines } }
            """,
            "-XX:TieredStopAtLevel=1",
            "run",
            "--state",
            "kept");
    process.outputWriter().append("{\"n\":1}\n").flush();
    while (parts().isEmpty()) {
      assertFalse(process.waitFor(50, TimeUnit.MILLISECONDS));
    }
    process.outputWriter().append("{\"n\":2}\n").close();
    String err = drained(process, lines(process));

    assertEquals(0, process.exitValue(), err);
    List<String> rows = new ArrayList<>();
    for (Path part : parts()) {
      rows.addAll(Files.readAllLines(part));
    }
    assertEquals(List.of("{\"n\":1}", "{\"n\":2}"), rows);
  }

  private List<Path> parts() throws IOException {
    Path out = folder.resolve("out");
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  @Test
  void aClosedPipeIsNoStackTrace() throws Exception {
    Process process = run(ENDLESS);
    lines(process).readLine();

    process.getInputStream().close();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));

    assertEquals(7, process.exitValue(), err);
    assertFalse(err.contains("\tat "), err);
  }

  @Test
  void checkingAFileLoadsNoCompiler() throws Exception {
    Process process =
        start(
            """
            sources:
              numbers:
                generator: { count: 10, fields: { n: n } }
            transforms:
              some:
                filter: upper(to_string(n)) =~ '^1' and n * 0.5 > 2
            sinks:
              out:
                console: { format: json }
            """,
            "-Xlog:class+load",
            "validate");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), out);
    assertTrue(out.contains("io.penstock.dsl.launcher.Main"), out);
    assertFalse(out.contains("org.codehaus"), out);
    assertFalse(out.contains("io.penstock.core.compile"), out);
  }

  private Process run(String pipeline) throws IOException {
    return start(pipeline, "-XX:TieredStopAtLevel=1", "run");
  }

  private Process start(String pipeline, String option, String command, String... more)
      throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), option));
    words.addAll(List.of(Main.class.getName(), command, "pipeline.yaml"));
    words.addAll(List.of(more));
    Process process = new ProcessBuilder(words).directory(folder.toFile()).start();
    started.add(process);
    return process;
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** SIGTERM; unlike Process.destroy it leaves the streams open. */
  private static void signal(Process process) {
    assertTrue(process.toHandle().destroy());
  }

  /** Reads both streams to their ends; what came on standard error. */
  private static String drained(Process process, BufferedReader lines) throws Exception {
    lines.transferTo(Writer.nullWriter());
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return err;
  }
}
