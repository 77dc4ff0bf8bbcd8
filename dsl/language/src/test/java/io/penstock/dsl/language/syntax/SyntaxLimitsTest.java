package io.penstock.dsl.language.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SyntaxLimitsTest {
  @Test
  void refusesFourMegabytesWithoutReadingThem() {
    assertEquals(
        "f.yaml  E002  the file has 4000000 bytes, more than the 1048576 that are read",
        first("x".repeat(4_000_000)));
  }

  @Test
  void refusesAHundredThousandAliases() {
    assertEquals(
        "f.yaml:2:4005  E002  the file uses more than 1000 aliases",
        first("a: &a x\nb: [" + "*a, ".repeat(100_000) + "]\n"));
  }

  @Test
  void refusesMoreNodesThanTheLimitWithoutAnAlias() {
    assertEquals(
        "f.yaml:1:200003  E002  the file has more than 100000 nodes, aliases written out",
        first("a: [" + "x,".repeat(300_000) + "]\n"));
  }

  @Test
  void readsALongScalar() {
    assertEquals("", first("a: " + "word ".repeat(200_000) + "\n"));
  }

  private static String first(String yaml) {
    Problems problems = new Problems();
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            SourceText.read("f.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems)
                .ifPresent(text -> SyntaxTree.read(text, problems)));
    return problems.inFileOrder().stream()
        .findFirst()
        .map((Problem p) -> p.origin() + "  " + p.code() + "  " + p.message())
        .orElse("");
  }
}
