package io.penstock.dsl.language.check;

import io.penstock.api.option.Catalogue;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.Cases;
import io.penstock.dsl.language.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is wrong with names, edges, schemas and types. */
class CheckCasesTest {
  @TestFactory
  Stream<DynamicTest> reportsEachMistakeOnceAndInOrder() throws IOException {
    Stream<DynamicTest> all = Stream.of();
    for (String stage :
        List.of(
            "names",
            "graph",
            "schemas",
            "steps",
            "places",
            "schedules",
            "joins",
            "windows",
            "lookups",
            "twelve")) {
      all = Stream.concat(all, Cases.of(stage, CheckCasesTest::check));
    }
    return all;
  }

  private static void check(Path file, Problems problems) {
    List<Catalogue> catalogues = new ArrayList<>(List.of(new OutsideCatalogue()));
    ServiceLoader.load(Catalogue.class).forEach(catalogues::add);
    try {
      new Language(catalogues).check(CaseFiles.request(file)).problems().forEach(problems::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
