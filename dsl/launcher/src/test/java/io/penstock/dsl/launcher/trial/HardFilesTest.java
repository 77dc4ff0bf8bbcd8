package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of records as large as they may be, and larger, too deep, cut off and no UTF-8: each bad
 * record is one dead letter, the others are read, and 256 MiB are enough.
 */
@Timeout(60)
final class HardFilesTest {
  private static final int LARGEST = 16 << 20;

  @TempDir Path temporary;

  @Test
  void badLinesOfJsonLoseOneRecordEach() throws Exception {
    try (OutputStream out = file("rows.jsonl")) {
      write(out, "{\"n\":1,\"t\":\"a\"}\n{\"n\":1,\"t\":\"\\u00e9\"}\n{\"n\":1,\"t\":");
      write(out, "[".repeat(100_000) + "}\n{\"n\":1,\"t\":\"b\"}\n");
      write(out, text("{\"n\":1,\"t\":\"", "\"}", LARGEST) + "\n");
      write(out, text("{\"n\":1,\"t\":\"", "\"}", LARGEST + 1) + "\n{\"n\":1,\"t\":\"c\"}\n");
      write(out, text("{\"n\":1,\"t\":\"", "\"}", 3 * LARGEST) + "\n{\"n\":1,\"t\":\"c\"}\n");
      write(out, "{\"n\":1,\"t\":\"\u00ff\"}\n{\"n\":1,\"t\":\"d\"}\n{\"n\":1,\"t\":\"cut off\n");
      write(out, "{\"n\":1,\"t\":\"\u0000\"}\n{\"n\":1e400,\"t\":\"\"}\n{\"n\":1,\"t\":\"e\"}");
    }

    check(
        "rows.jsonl",
        "    schema: { n: int, t: string }\n",
        8,
        List.of("D107", "D107", "D107", "D102", "D101", "D101", "D104"));
    check("rows.jsonl", "", 9, List.of("D107", "D107", "D107", "D102", "D101", "D101"));
  }

  @Test
  void badLinesOfCsvLoseOneRecordEach() throws Exception {
    try (OutputStream out = file("rows.csv")) {
      write(out, "n,t\n1,a\n1,\"b\"\n" + text("1,", "\n", LARGEST));
      write(out, text("1,", "\n", LARGEST + 1) + "1,c\n" + text("1,\"", "\"\n", LARGEST));
      write(out, text("1,", "\n", 3 * LARGEST) + "1,c\n");
      write(out, "1,\u00ff\n1,d\n1,\u0000\n1,e\n1,a,b\nx,f\n1,g\n");
    }

    check(
        "rows.csv",
        "    schema: { n: int, t: string }\n",
        9,
        List.of("D107", "D107", "D102", "D102", "D106", "D104"));
  }

  @Test
  void badLinesOfTextLoseOneRecordEach() throws Exception {
    try (OutputStream out = file("rows.txt")) {
      write(out, "a\n" + text("", "\n", LARGEST + 1) + text("", "\n", LARGEST + 2) + "b\n");
      write(out, text("", "\n", 3 * LARGEST) + "c\n\u00c3(\nd\n\u0000\ne");
    }

    check("rows.txt", "", 6, List.of("D107", "D107", "D102", "D102"));
  }

  /** A text of so many bytes. */
  private static String text(String begin, String end, int bytes) {
    return begin + "x".repeat(bytes - begin.length() - end.length()) + end;
  }

  private OutputStream file(String name) throws IOException {
    return Files.newOutputStream(temporary.resolve(name));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void check(String file, String schema, int rows, List<String> codes) throws Exception {
    Files.writeString(
        temporary.resolve("pipeline.yaml"),
        "sources:\n  rows:\n    file: "
            + file
            + "\n"
            + schema
            + "sinks:\n  out:\n    file: out/rows.jsonl\n"
            + "dead_letter:\n  file: out/dead.jsonl\n"
            + "  stop_above: { rate: 99%, of_last: 1000 }\n");

    String said = run();

    try (var lines = Files.lines(temporary.resolve("out/rows.jsonl"))) {
      assertEquals(rows, lines.count(), said);
    }
    JsonRows dead = JsonRows.read(temporary.resolve("out/dead.jsonl"));
    assertEquals(codes, dead.rows().stream().map(r -> r.path("code").stringValue()).toList(), said);
  }

  private String run() throws Exception {
    Path log = temporary.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "pipeline.yaml")
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(50, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(log);
    assertTrue(ended, said);
    assertEquals(0, process.exitValue(), said);
    assertFalse(said.contains("\tat ") || said.contains("R410"), said);
    return said;
  }
}
