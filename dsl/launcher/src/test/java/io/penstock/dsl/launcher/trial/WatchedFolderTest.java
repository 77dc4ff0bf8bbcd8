package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs over a watched folder say of files that they do not read as one may think. */
final class WatchedFolderTest {
  private static final String PIPELINE =
      """
      name: orders
      sources:
        orders:
          file: { path: in/*, watch: true, format: json }
          schema: { id: int }
      sinks:
        out: { file: out/orders.jsonl }
      run: { mode: micro_batch }
      """;

  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir Path temporary;

  private Outcome run(String... more) throws IOException {
    Files.writeString(temporary.resolve("pipeline.yaml"), PIPELINE);
    String[] words = new String[more.length + 4];
    words[0] = "run";
    words[1] = "pipeline.yaml";
    words[2] = "--workers";
    words[3] = "1";
    System.arraycopy(more, 0, words, 4, more.length);
    Outcome outcome = new Terminal(temporary).run(words);
    assertFalse(outcome.showsInsides(), outcome::all);
    return outcome;
  }

  private Path file(String name) throws IOException {
    Path file = temporary.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  @Test
  void aFileThatChangesLaterIsWarnedOfInTheLogAndInTheSummaryOnce() throws IOException {
    Path orders = file("a.jsonl");
    Files.writeString(orders, "{\"id\":1}\n");
    Files.setLastModifiedTime(orders, LONG_AGO);
    String warning =
        "W502  `in/a.jsonl`, which was read when it had 9 bytes, has changed since and is not read"
            + " again: give what is new a file of its own, or say `follow: true` for files that"
            + " grow";

    Outcome first = run();
    Files.writeString(orders, "{\"id\":2}\n", StandardOpenOption.APPEND);
    Path other = file("b.jsonl");
    Files.writeString(other, "{\"id\":3}\n");
    Files.setLastModifiedTime(other, LONG_AGO);
    Outcome second = run();
    Outcome third = run();

    assertEquals(0, first.code(), first::all);
    assertFalse(first.err().contains("W502"), first::all);
    assertEquals(0, second.code(), second::all);
    assertTrue(second.err().contains("warn  orders: " + warning + "\n"), second::all);
    assertTrue(
        second.err().contains("  warning: pipeline.yaml:3:3  " + warning + "\n"), second::all);
    assertEquals(0, third.code(), third::all);
    assertFalse(third.err().contains("W502"), third::all);
    assertEquals(
        "{\"id\":1}\n{\"id\":3}\n", Files.readString(temporary.resolve("out/orders.jsonl")));
  }

  @Test
  void whatIsReadOnceMoreInsideACompressedFileStandsInTheSummary() throws IOException {
    Path orders = file("a.jsonl.gz");
    int rows = 300_000;
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(orders))) {
      for (int i = 0; i < rows; i++) {
        to.write(("{\"id\":" + i + "}\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    Files.setLastModifiedTime(orders, LONG_AGO);

    Outcome first = run("--until", "1000 rows");
    Outcome second = run();

    assertFalse(first.err().contains("read once more"), first::all);
    assertTrue(
        second
            .err()
            .contains(
                " read once more and passed over, since reading cannot begin in the middle\n"),
        second::all);
    long written;
    try (java.util.stream.Stream<String> lines =
        Files.lines(temporary.resolve("out/orders.jsonl"))) {
      written = lines.distinct().count();
    }
    assertEquals(rows, written, second::all);
  }
}
