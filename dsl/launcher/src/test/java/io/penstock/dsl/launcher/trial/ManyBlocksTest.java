package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of many blocks, more than are under way at once, so that those to come are read into the
 * arrays of those that are done.
 */
final class ManyBlocksTest {
  private static final int ROWS = 300_000;
  private static final String TEXT =
      "a text of row %d that is long enough to fill many blocks, and %d";

  @TempDir Path temporary;

  @Test
  void textsThatAreKeptToTheEndAreThoseOfTheirRows() throws IOException {
    write();

    run("sort: { by: [n] }");

    List<String> expected = IntStream.range(0, ROWS).mapToObj(ManyBlocksTest::line).toList();
    assertEquals(expected, Files.readAllLines(temporary.resolve("out.jsonl")));
  }

  @Test
  void rowsWithoutTextsAreAllThere() throws IOException {
    write();

    run("aggregate: { by: [], compute: { rows: count(), total: sum(n) } }");

    long total = (long) ROWS * (ROWS - 1) / 2;
    assertEquals(
        List.of("{\"rows\":" + ROWS + ",\"total\":" + total + "}"),
        Files.readAllLines(temporary.resolve("out.jsonl")));
  }

  private static String line(int n) {
    return "{\"n\":" + n + ",\"text\":\"" + TEXT.formatted(n, n % 7) + "\"}";
  }

  private void write() throws IOException {
    Files.write(
        temporary.resolve("in.jsonl"),
        () -> IntStream.range(0, ROWS).<CharSequence>mapToObj(ManyBlocksTest::line).iterator());
  }

  private void run(String step) throws IOException {
    Files.writeString(
        temporary.resolve("pipeline.yaml"),
        """
        sources:
          rows: { file: in.jsonl, schema: { n: int, text: string } }
        transforms:
          done:
            %s
        sinks:
          out: { from: done, file: out.jsonl }
        """
            .formatted(step));
    Outcome outcome = new Terminal(temporary).run("run", "pipeline.yaml", "--quiet");
    assertEquals(0, outcome.code(), outcome::all);
  }
}
