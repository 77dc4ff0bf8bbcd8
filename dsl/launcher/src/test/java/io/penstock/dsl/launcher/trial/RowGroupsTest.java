package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines over a file of many groups of rows. */
final class RowGroupsTest {
  private static final int ROWS = 60_000;

  @TempDir Path temporary;

  @BeforeEach
  void write() throws IOException {
    run(
        """
        sources:
          numbers:
            generator: { count: %d, fields: { id: n, day: "cast('2026-01-01', 'date')" } }
        sinks:
          out: { file: { path: rows.parquet, format: { parquet: { row_group: 64KiB } } } }
        """
            .formatted(ROWS));
  }

  private Outcome run(String pipeline, String... more) throws IOException {
    Files.writeString(temporary.resolve("p.yaml"), pipeline);
    String[] words = new String[more.length + 2];
    words[0] = "run";
    words[1] = "p.yaml";
    System.arraycopy(more, 0, words, 2, more.length);
    Outcome outcome = new Terminal(temporary).run(words);
    assertFalse(outcome.showsInsides(), outcome::all);
    assertTrue(outcome.code() == 0 || more.length > 0, outcome::all);
    return outcome;
  }

  private static String filtered(String where, String schema) {
    return """
    sources:
      rows: { file: rows.parquet, schema: { %s } }
    transforms:
      some: { from: rows, filter: "%s" }
    sinks:
      out: { from: some, file: { path: out.jsonl, if_exists: replace } }
    """
        .formatted(schema, where);
  }

  private List<String> out() throws IOException {
    return Files.readAllLines(temporary.resolve("out.jsonl"));
  }

  private long read(Outcome outcome) {
    String line = outcome.all().lines().filter(l -> l.contains("rows read")).findFirst().orElse("");
    return Long.parseLong(line.replaceAll(".*?([0-9,]+) rows read.*", "$1").replace(",", ""));
  }

  @Test
  void groupsThatAFilterDropsAreNotRead() throws IOException {
    Outcome some = run(filtered("id >= 59000 && id != 59001", "id: int, day: date"));

    assertEquals(999, out().size());
    assertEquals("{\"id\":59000,\"day\":\"2026-01-01\"}", out().get(0));
    assertTrue(read(some) < ROWS / 2, some::all);
    Outcome until = run(filtered("id >= 59000", "id: int, day: date"), "--until", "59001 rows");
    assertEquals(List.of("{\"id\":59000,\"day\":\"2026-01-01\"}"), out(), until::all);
  }

  @Test
  void explainSaysWhichGroupsAreLeftOut() throws IOException {
    Files.writeString(
        temporary.resolve("p.yaml"), filtered("id >= 59000 && 59500 > id", "id: int"));

    Outcome told = new Terminal(temporary).run("explain", "p.yaml", "--stage", "optimised");

    assertTrue(
        told.all().contains("leave out groups without id from 59000, id up to 59499"), told::all);
  }
}
