package io.penstock.dsl.launcher.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of all modules of the working copy. */
final class ClassFolders {
  static final Path ROOT = Path.of(System.getProperty("penstock.root")).toAbsolutePath();

  private ClassFolders() {}

  /** The folders {@code target/classes} of all modules, by module. */
  static List<Path> all() {
    return Stream.of("engine", "connectors", "dsl")
        .flatMap(part -> list(ROOT.resolve(part)).stream())
        .map(module -> module.resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** The class files of a folder. */
  static List<Path> classesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
