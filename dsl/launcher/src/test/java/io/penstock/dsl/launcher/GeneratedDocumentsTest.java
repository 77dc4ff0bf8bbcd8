package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents that are checked in are those that the declarations give. */
final class GeneratedDocumentsTest {
  private static final Path CONNECTORS =
      Path.of(System.getProperty("penstock.root", "../..")).resolve("connectors");

  @TempDir Path folder;

  @Test
  void theReferenceIsThatOfTheDeclarations() throws IOException {
    assertDocument("REFERENCE.md", Called.in(folder, "reference"));
  }

  @Test
  void theSchemaIsThatOfTheDeclarations() throws IOException {
    assertDocument("pipeline.schema.json", Called.in(folder, "schema"));
  }

  private static void assertDocument(String name, Called printed) throws IOException {
    Path kept = CONNECTORS.resolve(name);
    if (Boolean.getBoolean("penstock.golden")) {
      Files.writeString(kept, printed.out());
    }
    assertEquals(0, printed.code());
    assertEquals(Files.readString(kept), printed.out());
  }
}
