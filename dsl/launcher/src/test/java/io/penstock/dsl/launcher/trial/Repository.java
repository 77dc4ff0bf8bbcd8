package io.penstock.dsl.launcher.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The working copy that the tests run in. */
final class Repository {
  /** Its root. */
  static final Path ROOT = Path.of(System.getProperty("penstock.root")).toAbsolutePath();

  /** Whether golden files are to be written instead of compared. */
  static final boolean GOLDEN = Boolean.getBoolean("penstock.golden");

  private static final Path OUTPUT = Path.of("out");

  private Repository() {}

  /** A folder of this module's test resources, in the sources. */
  static Path resources(String name) {
    return ROOT.resolve("dsl/launcher/src/test/resources").resolve(name);
  }

  /** The folders inside a folder, by name. */
  static List<Path> folders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder, by path. */
  static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder with all that is in it, but for what runs have put into {@code out}. */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path relative = from.relativize(file);
      if (StreamSupport.stream(relative.spliterator(), false).anyMatch(OUTPUT::equals)) {
        continue;
      }
      Path target = to.resolve(relative.toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }
}
