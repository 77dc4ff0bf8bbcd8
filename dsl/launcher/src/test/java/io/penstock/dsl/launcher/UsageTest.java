package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a call is one line and exit code 1, never a stack trace. */
final class UsageTest {
  @TempDir Path folder;

  static Stream<Arguments> calls() {
    return Stream.of(
        call("no such file: `none.yaml`", "none.yaml"),
        call("no such file: `none`", "validate", "none"),
        call("`sub` is a folder: name a pipeline file in it", "run", "sub"),
        call("no command `valdate`: run-pipeline --help lists them", "valdate", "a.yaml"),
        call("run takes one pipeline file, not also `b.yaml`", "a.yaml", "b.yaml"),
        call("no pipeline file below `sub`", "validate", "sub"),
        call("--workers must be at least 1, not `0`", "a.yaml", "--workers", "0"),
        call("--optimise must be on or off, not `maybe`", "a.yaml", "--optimise=maybe"),
        call("--compile must be eager, background or off, not `on`", "a.yaml", "--compile=on"),
        call("--log must be json, not `xml`", "a.yaml", "--log", "xml"),
        call(
            "--deadline must be such as 500ms, 30s or 5m, not `soon`", "a.yaml", "--deadline=soon"),
        call(
            "--until must be such as 30s, 5m or \"1000 rows\", not `later`",
            "a.yaml",
            "--until",
            "later"),
        call("--param must be name=value, not `x`", "validate", "a.yaml", "--param", "x"),
        call("--param sets `x` twice", "validate", "a.yaml", "--param=x=1", "--param=x=2"),
        call("`a\0b` is no path", "a\0b"));
  }

  private static Arguments call(String text, String... args) {
    return Arguments.of(text, args);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void saysInOneLineWhatIsWrong(String text, String[] args) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "");
    Files.createDirectories(folder.resolve("sub"));

    Called called = Called.in(folder, args);

    assertEquals("run-pipeline: " + text + "\n", called.err());
    assertEquals(1, called.code());
    assertEquals("", called.out());
  }

  @Test
  void anUnknownOptionLeadsToTheHelp() {
    Called called = Called.in(folder, "run", "a.yaml", "--modus", "x");

    assertEquals(1, called.code());
    assertTrue(called.err().startsWith("run-pipeline run: unknown option"), called.err());
    assertTrue(called.err().endsWith("  help: run-pipeline run --help lists what there is\n"));
  }

  @Test
  void withoutArgumentsTheOverviewIsAnError() {
    Called called = Called.in(folder);

    assertEquals(1, called.code());
    assertTrue(called.err().startsWith("Usage: run-pipeline [run] FILE [options]\n"));
  }

  @Test
  void helpIsNoError() throws IOException {
    for (String command : new String[] {"run", "validate", "explain", "functions"}) {
      Called called = Called.in(folder, command, "--help");

      assertEquals(0, called.code());
      Golden.assertText("help/" + command + ".txt", called.out());
    }
    assertEquals(0, Called.in(folder, "--help").code());
    assertEquals(0, Called.in(folder, "--version").code());
  }

  @Test
  void documentsAFunction() {
    Called called = Called.in(folder, "functions", "upper");

    assertEquals(0, called.code());
    assertTrue(called.out().startsWith("upper(text: string) -> string\n"), called.out());
  }

  @Test
  void explainsGrokWithTheNamesOfItsPatterns() {
    Called called = Called.in(folder, "functions", "parse_grok");

    assertEquals(0, called.code());
    assertTrue(called.out().contains("%{INT:bytes:int}').bytes == 17"), called.out());
    assertTrue(called.out().contains("Networks: CISCOMAC WINDOWSMAC"), called.out());
    assertTrue(called.out().contains(" COMBINEDAPACHELOG "), called.out());
  }

  @Test
  void suggestsTheNameOfAFunction() {
    Called called = Called.in(folder, "functions", "uper");

    assertEquals(1, called.code());
    assertTrue(called.err().contains("did you mean `upper`?"), called.err());
  }
}
