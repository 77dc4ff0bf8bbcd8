package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are kept in files; {@code -Dpenstock.golden=true} writes them anew. */
public final class Golden {
  private static final Path FOLDER =
      Path.of(System.getProperty("penstock.root", "../.."))
          .resolve("dsl/launcher/src/test/resources/io/penstock/dsl/launcher");

  private Golden() {}

  /** The text must be that of the file. */
  public static void assertText(String file, String text) throws IOException {
    Path path = FOLDER.resolve(file);
    if (Boolean.getBoolean("penstock.golden")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
    assertEquals(Files.readString(path), text);
  }
}
