package io.penstock.dsl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Case files: each {@code x.yaml} of a folder with its problems in {@code x.problems}, in file
 * order. With {@code -Dpenstock.golden=true} the problems are written anew, to be read before a
 * commit.
 */
public final class Cases {
  private Cases() {}

  /** A test for each file of a stage. */
  public static Stream<DynamicTest> of(String stage, BiConsumer<Path, Problems> check)
      throws IOException {
    Path folder = Path.of("src/test/resources/cases", stage);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> cases = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
      return cases.stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file, check)));
    }
  }

  private static void run(Path file, BiConsumer<Path, Problems> check) throws IOException {
    Problems problems = new Problems();
    check.accept(file, problems);
    String found =
        problems.inFileOrder().stream()
            .map(Problem::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    Path expected = Path.of(file.toString().replaceAll("\\.yaml$", ".problems"));
    if (Boolean.getBoolean("penstock.golden")) {
      Files.writeString(expected, found);
    }
    assertEquals(Files.readString(expected), found);
  }
}
