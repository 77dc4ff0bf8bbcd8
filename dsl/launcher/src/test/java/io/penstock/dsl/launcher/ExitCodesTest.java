package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every exit code that a command inside this process can end with, and what it says then. */
final class ExitCodesTest {
  private static final String PIPELINE =
      """
      sources:
        orders:
          file: orders.jsonl
          schema: { id: int }
      sinks:
        out:
          file: out.jsonl
      """;

  private static final String KEPT =
      PIPELINE.replace("file: out.jsonl", "file: { path: out.jsonl, if_exists: replace }")
          + "run: { checkpoint: 1s }\n";

  @TempDir Path folder;

  @BeforeEach
  void writesAPipeline() throws IOException {
    write("orders.yaml", PIPELINE);
    write("orders.jsonl", "{\"id\":1}\n{\"id\":2}\n");
  }

  @Test
  void zeroForARunThatFinished() throws IOException {
    Called called = Called.in(folder, "orders.yaml");

    assertEquals(0, called.code(), called.err());
    assertEquals("{\"id\":1}\n{\"id\":2}\n", Files.readString(folder.resolve("out.jsonl")));
    assertTrue(called.err().startsWith("orders: finished after"), called.err());
    assertTrue(called.err().endsWith("  out: out.jsonl\n"), called.err());
    assertEquals("", called.out());
  }

  @Test
  void zeroForALimitThatWasReached() throws IOException {
    write(
        "numbers.yaml",
        """
        sources:
          numbers:
            generator: { fields: { n: n } }
        sinks:
          out:
            console: { format: json }
        """);

    Called called =
        Called.in(folder, "run", "numbers.yaml", "--until", "2 rows", "--no-state", "--quiet");

    assertEquals(0, called.code(), called.err());
    assertEquals("{\"n\":0}\n{\"n\":1}\n", called.console());
    assertEquals("", called.err());
  }

  @Test
  void twoForADefinitionThatIsWrong() throws IOException {
    write("orders.yaml", PIPELINE.replace("id: int", "id: ont").replace("out.jsonl", "out.xyz"));

    Called run = Called.in(folder, "orders.yaml");
    Called validated = Called.in(folder, "validate", "orders.yaml");

    assertEquals(2, run.code());
    assertEquals(2, validated.code());
    Golden.assertText("exit/definition.txt", validated.out());
    assertEquals(validated.out(), run.err() + "2 errors\n");
    assertFalse(Files.exists(folder.resolve("out.jsonl")));
  }

  @Test
  void threeForAPipelineThatRunsAlready() throws IOException {
    write("orders.yaml", KEPT);
    assertEquals(0, Called.in(folder, "orders.yaml").code());

    try (FileChannel lock =
            FileChannel.open(
                folder.resolve(".penstock/orders/LOCK"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      Called called = Called.in(folder, "orders.yaml", "--quiet");

      assertTrue(held.isValid());
      assertEquals(3, called.code(), called.err());
      assertTrue(called.err().contains("  R101  `orders` runs already"), called.err());
    }
    assertEquals(0, Called.in(folder, "orders.yaml").code());
  }

  @Test
  void threeForARunThatAnotherHasTakenOver() {
    assertEquals(3, ProblemCode.R301.exitCode());
  }

  @Test
  void fiveForStateThatIsDamaged() throws IOException {
    write("orders.yaml", KEPT);
    assertEquals(0, Called.in(folder, "orders.yaml").code());
    try (Stream<Path> checkpoints = Files.list(folder.resolve(".penstock/orders/ck"))) {
      for (Path checkpoint : checkpoints.toList()) {
        Files.writeString(checkpoint, "damaged");
      }
    }

    Called called = Called.in(folder, "orders.yaml", "--quiet");

    assertEquals(5, called.code(), called.err());
    assertTrue(called.err().contains("  R104  "), called.err());
    assertEquals(0, Called.in(folder, "orders.yaml", "--fresh").code());
  }

  @Test
  void aRunThatKeepsStateSaysWhereAndWhatItGives() throws IOException {
    write("orders.yaml", KEPT);

    Called first = Called.in(folder, "orders.yaml");
    Called second = Called.in(folder, "orders.yaml");

    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("  out <- orders: exactly once\n"), first.err());
    assertTrue(first.err().contains("  state: .penstock/orders, epoch "), first.err());
    assertEquals(0, second.code(), second.err());
    assertTrue(second.err().contains(", resumed from epoch "), second.err());
  }

  @Test
  void oneForAGuaranteeThatAFlagWouldBreak() throws IOException {
    write(
        "numbers.yaml",
        """
        sources:
          numbers:
            generator: { rate: 1/s }
        sinks:
          out:
            file: out.jsonl
        run: { delivery: exactly_once }
        """);

    Called called = Called.in(folder, "numbers.yaml", "--no-state");

    assertEquals(1, called.code());
    assertEquals(
        "run-pipeline: --no-state: the file asks `out` for `delivery: exactly_once`, but the"
            + " source `numbers` has no end and the run keeps no state\n",
        called.err());
  }

  @Test
  void sixForASourceThatCannotBeRead() throws IOException {
    Files.delete(folder.resolve("orders.jsonl"));

    Called called = Called.in(folder, "orders.yaml", "--quiet");

    assertEquals(6, called.code());
    Golden.assertText(
        "exit/source.txt", called.err().replace(folder.toRealPath().toString(), "FOLDER"));
  }

  @Test
  void sevenForASinkThatCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("out.jsonl/x"));

    Called called = Called.in(folder, "orders.yaml", "--quiet");

    assertEquals(7, called.code(), called.err());
    assertTrue(called.err().startsWith("orders.yaml:6:3  R3"), called.err());
  }

  @Test
  void eightForARecordThatFails() throws IOException {
    write("orders.jsonl", "{\"id\":1}\n{\"id\":\"x\"}\n");

    Called called = Called.in(folder, "orders.yaml", "--quiet");

    assertEquals(8, called.code());
    Golden.assertText("exit/record.txt", called.err());
    assertFalse(Files.exists(folder.resolve("out.jsonl")));
  }

  @Test
  void nineForATestThatFails() throws IOException {
    write(
        "orders.test.yaml",
        """
        pipeline: orders.yaml
        tests:
          - name: one order
            given:
              orders: [ { id: 1 } ]
            then:
              out: [ { id: 2 } ]
        """);

    assertEquals(9, Called.in(folder, "test", "orders.test.yaml").code());
    assertEquals(9, Called.in(folder, "test", ".", "--format", "junit").code());
  }

  @Test
  void oneForAFolderWithoutTests() {
    assertEquals(1, Called.in(folder, "test", ".").code());
  }

  @Test
  void logsAsJsonAreOneObjectPerLine() {
    Called called = Called.in(folder, "orders.yaml", "--log", "json");

    called.err().lines().forEach(line -> io.penstock.json.Json.parse(line));
    assertTrue(called.err().contains("\"event\":\"end\""), called.err());
  }

  @Test
  void aDryRunShowsThePlanAndWritesNothing() {
    Called called = Called.in(folder, "orders.yaml", "--dry-run");

    assertEquals(0, called.code());
    assertTrue(called.out().contains("sink out (orders.yaml:6:3) <- orders"), called.out());
    assertFalse(Files.exists(folder.resolve("out.jsonl")));
  }

  @Test
  void everyStageOfAPlanIsShown() throws IOException {
    for (String stage : new String[] {"syntax", "bound", "logical", "optimised"}) {
      Called called = Called.in(folder, "explain", "orders.yaml", "--stage", stage);

      assertEquals(0, called.code(), called.err());
      Golden.assertText("explain/" + stage + ".txt", called.out());
    }
    Called stages = Called.in(folder, "explain", "orders.yaml", "--stage", "physical");
    assertTrue(stages.out().startsWith("stage 0: read orders"), stages.out());
    Called drawn = Called.in(folder, "explain", "orders.yaml", "--format", "mermaid");
    Golden.assertText("explain/plan.mmd", drawn.out());
    Called json = Called.in(folder, "explain", "orders.yaml", "--format", "json");
    Golden.assertText("explain/plan.json", json.out());
  }

  @Test
  void aFolderStandsForThePipelinesBelowIt() throws IOException {
    write("sub/a.yaml", PIPELINE);
    write("sub/other.yaml", "colours: [red]\n");
    write("sub/a.test.yaml", "tests: []\n");

    Called called = Called.in(folder, "validate", "sub");

    assertEquals(0, called.code(), called.err());
    assertTrue(called.out().startsWith("sub/a.yaml: ok\n"), called.out());
    assertEquals(1, called.out().split(": ok", -1).length - 1);
  }

  @Test
  void documentsComponentsAndCodes() {
    assertTrue(Called.in(folder, "reference", "filter").out().contains("filter"));
    assertTrue(Called.in(folder, "reference", "E301").out().startsWith("### E301"));
    assertEquals(1, Called.in(folder, "reference", "nothing").code());
    assertTrue(Called.in(folder, "schema").out().startsWith("{"));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
