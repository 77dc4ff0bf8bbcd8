package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.runner.CrashPoint;
import io.penstock.core.system.SystemClock;
import io.penstock.core.system.SystemDisk;
import io.penstock.core.system.SystemScheduler;
import io.penstock.dsl.launcher.Commands;
import io.penstock.dsl.launcher.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The conformance cases whose steps keep rows by time give the expected rows also where their state
 * is kept, and the run is broken off and started again at every epoch.
 */
final class KeptConformanceTest {
  private static final Path CASES = Repository.resources("conformance");
  private static final String PROPERTY = "crashpoint";

  /** So often a run is broken off; then it may come to its end. */
  private static final int MOST = 12;

  /** What breaks a run off. */
  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A way of cutting a run into epochs. */
  private record Cut(String mode, int rows, CrashPoint at, int number) {
    String settings() {
      return """

          run:
            mode: %s
            checkpoint: 10ms
            batch: { max_rows: %d }
          """
          .formatted(mode, rows);
    }
  }

  @TempDir Path temporary;

  @AfterEach
  void breaksNothingOffAnyMore() {
    System.clearProperty(PROPERTY);
  }

  @TestFactory
  Stream<DynamicTest> givesTheExpectedRowsBrokenOffAtEveryEpoch() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode each : JsonRows.parse(Files.readString(CASES.resolve("cases.json")))) {
      String name = each.path("name").stringValue();
      boolean timed =
          name.startsWith("arroyo")
              || name.startsWith("beam-windowing")
              || name.startsWith("beam-join")
              || name.matches("nexmark-q[38]");
      int rows = name.startsWith("beam") ? 1 : name.startsWith("nexmark") ? 9 : 0;
      int batch = rows > 0 ? rows : name.matches("arroyo-s.*") ? 17 : 1500;
      for (Cut cut :
          List.of(
              new Cut("micro_batch", batch, CrashPoint.CHECKPOINT_DURABLE, 1),
              new Cut("micro_batch", batch, CrashPoint.ALL_PREPARED, 2),
              new Cut("continuous", batch, CrashPoint.TIDIED, 1))) {
        if (timed) {
          String shown = name + " " + cut.mode() + " " + cut.at().text();
          tests.add(DynamicTest.dynamicTest(shown, () -> run(each, cut, shown)));
        }
      }
    }
    return tests.stream();
  }

  private void run(JsonNode each, Cut cut, String shown) throws IOException {
    String name = each.path("name").stringValue();
    Path folder = Files.createDirectories(temporary.resolve(shown.replace(' ', '_')));
    Path out = Files.createDirectories(folder.resolve("out"));
    String text = Files.readString(CASES.resolve(name).resolve("pipeline.yaml"));
    Files.writeString(folder.resolve("pipeline.yaml"), text + cut.settings());

    int broken = 0;
    System.setProperty(PROPERTY, cut.at().text() + ":" + cut.number());
    for (int code = -1; code != 0; ) {
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      boolean[] halted = {false};
      code = once(folder, out, printed, halted);
      String all = printed.toString(StandardCharsets.UTF_8);
      assertTrue(code == 0 || halted[0], () -> "exit without being broken off: " + all);
      broken += halted[0] ? 1 : 0;
      if (broken == MOST) {
        System.clearProperty(PROPERTY);
      }
    }

    assertTrue(broken > 0 || cut.mode().equals("continuous"), "it was never broken off");
    for (Map.Entry<String, JsonNode> output : each.path("outputs").properties()) {
      String key = output.getKey();
      String expected = key.equals("out") ? "expected.jsonl" : "expected." + key + ".jsonl";
      JsonRows wanted = JsonRows.read(CASES.resolve(name).resolve(expected));
      JsonRows actual = JsonRows.read(out.resolve(key + ".jsonl"));
      assertEquals("", actual.differenceFrom(wanted), key + ", broken off " + broken + " times");
    }
  }

  private static int once(Path folder, Path out, OutputStream printed, boolean[] halted) {
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            both,
            both,
            printed,
            InputStream.nullInputStream(),
            Shell.Look.plain(),
            Map.of("DATA", CASES.resolve("data").toString(), "OUT", out.toString()),
            folder,
            new SystemDisk(new SystemScheduler()),
            new SystemClock(),
            new SystemScheduler(),
            code -> {
              halted[0] = true;
              throw new BrokenOff();
            });
    String[] words = {"run", "pipeline.yaml", "--quiet", "--workers", "2", "--state", "kept"};
    return Commands.run(words, shell);
  }
}
