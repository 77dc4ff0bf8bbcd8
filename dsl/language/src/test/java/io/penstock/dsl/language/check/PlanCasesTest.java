package io.penstock.dsl.language.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.option.Catalogue;
import io.penstock.api.problem.Problem;
import io.penstock.dsl.language.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plans: each {@code x.yaml} of the folder with its plan in {@code x.plan}, warnings first. With
 * {@code -Dpenstock.golden=true} the plans are written anew, to be read before a commit.
 */
class PlanCasesTest {
  private static final Path FOLDER = Path.of("src/test/resources/cases/plans");

  @TestFactory
  Stream<DynamicTest> turnsEachPipelineIntoItsPlan() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> cases = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
      return cases.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }
  }

  private static void run(Path file) throws IOException {
    String found = plan(file);
    Path expected = Path.of(file.toString().replaceAll("\\.yaml$", ".plan"));
    if (Boolean.getBoolean("penstock.golden")) {
      Files.writeString(expected, found);
    }
    assertEquals(Files.readString(expected), found);
  }

  private static String plan(Path file) {
    List<Catalogue> catalogues = new ArrayList<>(List.of(new OutsideCatalogue()));
    ServiceLoader.load(Catalogue.class).forEach(catalogues::add);
    try {
      Language.Checked checked = new Language(catalogues).check(CaseFiles.request(file));
      String problems =
          checked.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
      return (problems.isEmpty() ? "" : problems + "\n")
          + checked.plan().map(PlanLines::of).orElse("no plan\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
