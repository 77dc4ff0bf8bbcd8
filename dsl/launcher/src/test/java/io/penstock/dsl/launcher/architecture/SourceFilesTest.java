package io.penstock.dsl.launcher.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING.md promises of the sources and a machine can count. */
final class SourceFilesTest {
  private static final int MOST_LINES = 400;

  private static final Pattern EMPTY_NAME =
      Pattern.compile(
          ".*(Impl|Manager|Helper|Utils?|Data|Info)\\.java|(Abstract|Base(?!64)).*\\.java");
  private static final Pattern PROMISE =
      Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled|UnsupportedOperationException");

  @Test
  void filesHaveAtMostFourHundredLines() {
    assertNone(sources().filter(f -> text(f).lines().count() > MOST_LINES));
  }

  @Test
  void namesSayWhatAThingIs() {
    assertNone(sources().filter(f -> EMPTY_NAME.matcher(f.getFileName().toString()).matches()));
  }

  @Test
  void nothingIsPromisedForLater() {
    assertNone(
        sources()
            .filter(f -> !f.endsWith("SourceFilesTest.java"))
            .filter(f -> PROMISE.matcher(text(f)).find()));
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    assertNone(
        sources()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> folder.toString().contains("src/main"))
            .filter(
                folder -> {
                  Path about = folder.resolve("package-info.java");
                  return !Files.exists(about)
                      || !text(about).contains("@NullMarked")
                      || !text(about).startsWith("/**");
                }));
  }

  private static Stream<Path> sources() {
    return Stream.of("engine", "connectors", "dsl")
        .map(ClassFolders.ROOT::resolve)
        .flatMap(SourceFilesTest::javaFiles)
        .filter(f -> !f.toString().contains("/target/"));
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNone(Stream<Path> wrong) {
    assertEquals(
        List.of(), wrong.map(f -> ClassFolders.ROOT.relativize(f).toString()).sorted().toList());
  }
}
