package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad inputs that are too large to keep. */
final class LargeInputsTest {
  private static final String SOURCE =
      """
      sources:
        rows:
          generator: { count: 1 }
      """;
  private static final String SINK =
      """
      sinks:
        out:
          discard: {}
      """;

  @TempDir Path temporary;

  @Test
  void refusesAFileOfFourMegabytes() throws IOException {
    String text = SOURCE + "description: " + "x".repeat(4 << 20) + "\n" + SINK;

    assertEquals(List.of("E002"), validate(text).codes());
  }

  @Test
  void refusesASchemaOfFourMegabytes() throws IOException {
    Files.writeString(temporary.resolve("order.avsc"), "[" + " ".repeat(4 << 20) + "]");
    String source = "sources:\n  rows: { file: a.jsonl, schema: { avro: order.avsc } }\n";

    assertEquals(List.of("E111"), validate(source + SINK).codes());
  }

  @Test
  void refusesAliasesThatMultiply() throws IOException {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 9; i++) {
      String aliases = ("*a" + (i - 1) + ", ").repeat(9);
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, aliases.substring(0, aliases.length() - 2)));
    }

    assertTrue(validate(SOURCE + SINK + laughs).codes().contains("E002"));
  }

  @Test
  void refusesAnExpansionOfManyNodesByFewAliases() throws IOException {
    StringBuilder doubled = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i <= 24; i++) {
      doubled.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertTrue(validate(SOURCE + SINK + doubled).codes().contains("E002"));
  }

  @Test
  void refusesAHundredThousandAliases() throws IOException {
    String aliases =
        IntStream.range(0, 100_000).mapToObj(i -> "*x").collect(Collectors.joining(","));

    assertTrue(
        validate(SOURCE + SINK + "a: &x 1\nb: [" + aliases + "]\n").codes().contains("E002"));
  }

  @Test
  void refusesTextThatIsTooDeep() throws IOException {
    assertEquals(
        List.of("E002"),
        validate(SOURCE + SINK + "a: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n").codes());
  }

  @Test
  void refusesAnExpressionOfAMegabyte() throws IOException {
    assertEquals(List.of("E303"), filter("n > 0 or n == " + "1".repeat(100_000)).codes());
  }

  @Test
  void refusesFiveThousandParentheses() throws IOException {
    assertEquals(List.of("E303"), filter("(".repeat(5_000) + "n" + ")".repeat(5_000)).codes());
  }

  @Test
  void refusesTwentyThousandOperators() throws IOException {
    assertEquals(List.of("E303"), filter("n" + "+1".repeat(20_000) + " > 0").codes());
  }

  @Test
  void runsExpressionsWithinTheLimits() throws IOException {
    String deep = "(".repeat(150) + "n" + ")".repeat(150);

    assertEquals(0, run(pipeline(deep + "+1".repeat(900) + " > 0")).outcome().code());
  }

  @Test
  void refusesAPatternOfTenThousandCharacters() throws IOException {
    Said said = filter("string(n) =~ '" + "(a{1,50}){1,20}".repeat(700) + "'");

    assertFalse(said.codes().isEmpty(), said.outcome()::all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "digits", "name", "text"})
  void refusesRecordsThatPassALimit(String kind) throws IOException {
    String record =
        switch (kind) {
          case "deep" -> "[".repeat(1_001) + "]".repeat(1_001);
          case "digits" -> "1".repeat(2_000);
          case "name" -> "{\"" + "n".repeat(60_000) + "\":1}";
          default -> "\"" + "x".repeat(21 << 20) + "\"";
        };
    Files.writeString(temporary.resolve("rows.jsonl"), "{\"a\":" + record + "}\n");

    Said said = run("sources:\n  rows:\n    file: rows.jsonl\n" + SINK);

    assertEquals(List.of("D107"), said.codes(), said.outcome()::all);
    assertEquals(8, said.outcome().code());
  }

  @Test
  void refusesAGzipFileThatHoldsAThousandTimesItsSize() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(temporary.resolve("rows.jsonl.gz")))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 256; i++) {
        out.write(zeros);
      }
    }

    Said said = run("sources:\n  rows:\n    file: rows.jsonl.gz\n" + SINK);

    assertTrue(said.outcome().code() == 8 || said.outcome().code() == 6, said.outcome()::all);
    assertEquals(1, said.codes().size(), said.outcome()::all);
  }

  @Test
  void refusesAPipe() throws IOException, InterruptedException {
    Process made = new ProcessBuilder("mkfifo", temporary.resolve("rows.jsonl").toString()).start();
    assertEquals(0, made.waitFor());

    Said said = run("sources:\n  rows:\n    file: rows.jsonl\n" + SINK);

    assertEquals(List.of("R205"), said.codes(), said.outcome()::all);
  }

  @Test
  void readsAFileOnceThoughLinksGoInACircle() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("in/deep"));
    Files.createSymbolicLink(folder.resolve("back"), temporary.resolve("in"));
    Files.writeString(folder.resolve("rows.jsonl"), "{\"a\":1}\n");

    Said said =
        run(
            "sources:\n  rows:\n    file: \"in/**/*.jsonl\"\n"
                + "sinks:\n  out:\n    file: out/rows.jsonl\n");

    assertEquals(0, said.outcome().code(), said.outcome()::all);
    assertEquals(1, JsonRows.read(temporary.resolve("out/rows.jsonl")).size());
  }

  /** What the command said. */
  private record Said(Outcome outcome) {
    List<String> codes() {
      assertFalse(outcome.showsInsides(), outcome::all);
      return Transcript.codes(outcome.out() + outcome.err());
    }
  }

  private Said filter(String expression) throws IOException {
    return validate(pipeline(expression));
  }

  private static String pipeline(String expression) {
    return SOURCE + "transforms:\n  kept:\n    filter: \"" + expression + "\"\n" + SINK;
  }

  private Said validate(String text) throws IOException {
    return said("validate", text);
  }

  private Said run(String text) throws IOException {
    return said("run", text);
  }

  private Said said(String command, String text) throws IOException {
    Files.writeString(temporary.resolve("pipeline.yaml"), text);
    return new Said(new Terminal(temporary).run(command, "pipeline.yaml"));
  }
}
