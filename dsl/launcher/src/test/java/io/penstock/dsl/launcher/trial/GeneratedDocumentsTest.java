package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents that are made from the declarations are those that are checked in. */
final class GeneratedDocumentsTest {
  @ParameterizedTest
  @CsvSource({"reference, connectors/REFERENCE.md", "schema, dsl/pipeline.schema.json"})
  void isAsCheckedIn(String command, String file) throws IOException {
    Path kept = Repository.ROOT.resolve(file);

    Outcome made = new Terminal(Repository.ROOT).run(command);

    assertEquals(0, made.code(), made::all);
    if (Repository.GOLDEN) {
      Files.writeString(kept, made.out());
    }
    assertEquals(Files.readString(kept), made.out(), "run with -Dpenstock.golden=true");
  }
}
