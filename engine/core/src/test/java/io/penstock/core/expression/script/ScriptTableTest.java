package io.penstock.core.expression.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the tables of scripts: a sentence, a script, and behind {@code =>} what comes out. With
 * {@code -Dpenstock.golden=true} the tables are rewritten.
 */
final class ScriptTableTest {
  private static final Path TABLES =
      Path.of(
          System.getProperty("penstock.root"),
          "engine/core/src/test/resources/io/penstock/core/expression/script");

  private record Case(String sentence, String script, String expected) {
    static Case read(String text) {
      int end = text.indexOf('\n');
      int arrow = text.indexOf("\n=>");
      return new Case(
          text.substring(0, end),
          text.substring(end + 1, Math.max(end + 1, arrow)),
          text.substring(arrow + 3).strip());
    }

    @Override
    public String toString() {
      return "--- " + sentence + "\n" + script + "\n=> " + Scripts.outcome(script) + "\n";
    }
  }

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    return tests("scripts.txt");
  }

  @TestFactory
  Stream<DynamicTest> whatIsRefused() throws IOException {
    return tests("refused.txt");
  }

  private static Stream<DynamicTest> tests(String file) throws IOException {
    String text = Files.readString(TABLES.resolve(file));
    int first = text.indexOf("--- ");
    if (Boolean.getBoolean("penstock.golden")) {
      String about = text.substring(0, first);
      Files.writeString(
          TABLES.resolve(file),
          about + cases(text).map(Case::toString).collect(Collectors.joining()));
    }
    return cases(Files.readString(TABLES.resolve(file)))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.sentence, () -> assertEquals(one.expected, Scripts.outcome(one.script))));
  }

  private static Stream<Case> cases(String text) {
    return Stream.of(text.split("(?m)^--- ")).skip(1).map(Case::read);
  }
}
