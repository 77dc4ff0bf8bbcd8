package io.penstock.dsl.language.syntax;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.Cases;
import io.penstock.dsl.language.text.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class SyntaxCasesTest {
  @TestFactory
  Stream<DynamicTest> reportsWhatYamlCannotHold() throws IOException {
    return Cases.of("syntax", SyntaxCasesTest::read);
  }

  private static void read(Path file, Problems problems) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            SourceText.read(file.getFileName().toString(), bytes(file), problems)
                .ifPresent(text -> SyntaxTree.read(text, problems)));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
