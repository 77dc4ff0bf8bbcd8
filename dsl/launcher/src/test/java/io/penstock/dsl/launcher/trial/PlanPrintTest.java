package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.option.Catalogue;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.optimise.Optimiser;
import io.penstock.core.state.DamagedException;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.core.upgrade.Upgrade;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.launcher.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The print of a pipeline depends on what it means, and on nothing else. */
final class PlanPrintTest {
  private static final Path PIPELINES = Repository.ROOT.resolve("pipelines");

  @TestFactory
  Stream<DynamicTest> isTheSameInEveryVersion() {
    return pipelines()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file),
                    () -> Golden.assertText("prints/" + name(file) + ".txt", print(file).text())));
  }

  @TestFactory
  Stream<DynamicTest> doesNotDependOnPlacesOrTheOptimiser() {
    return pipelines().map(file -> DynamicTest.dynamicTest(name(file), () -> moved(file)));
  }

  private static void moved(Path file) throws IOException {
    String text = Files.readString(file);
    PlanPrint print = print(file);

    assertEquals(print, PlanPrint.of(plan("# A comment.\n\n" + text, beside(file))));
    assertEquals(print, PlanPrint.of(Optimiser.optimise(plan(text, beside(file)))));
    Upgrade upgrade = Upgrade.check(print, plan(text, beside(file)), List.of());
    assertEquals(List.of(), upgrade.changes());
    assertEquals(List.of(), upgrade.problems());
  }

  @TestFactory
  Stream<DynamicTest> comesBackFromItsBytes() {
    return pipelines()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file),
                    () -> {
                      PlanPrint print = print(file);
                      PlanPrint read = PlanPrint.read(print.bytes());
                      assertEquals(print, read);
                      assertEquals(print.hash(), read.hash());
                    }));
  }

  /** The files were made by the version that brought the format, and are never written again. */
  @Test
  void bytesOfTheFirstFormatAreStillRead() throws IOException {
    Path folder = Repository.resources("io/penstock/dsl/launcher/prints");
    if (Repository.GOLDEN && Files.notExists(folder.resolve("format-1.hex"))) {
      PlanPrint print = print(PIPELINES.resolve("flight-delays/pipeline.yaml"));
      String bytes = HexFormat.of().formatHex(print.bytes()).replaceAll(".{100}", "$0\n");
      Files.writeString(folder.resolve("format-1.hex"), bytes + "\n");
      Files.writeString(folder.resolve("format-1.text"), print.text());
    }
    String hex = Files.readString(folder.resolve("format-1.hex")).replace("\n", "");

    PlanPrint read = PlanPrint.read(HexFormat.of().parseHex(hex));

    assertEquals(Files.readString(folder.resolve("format-1.text")), read.text());
  }

  @Test
  void damagedBytesAreNotRead() throws IOException {
    byte[] bytes = print(PIPELINES.resolve("order-cleaning/pipeline.yaml")).bytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(DamagedException.class, () -> PlanPrint.read(cut));
    }
    assertThrows(
        DamagedException.class, () -> PlanPrint.read(Arrays.copyOf(bytes, bytes.length + 1)));
    byte[] newer = bytes.clone();
    newer[0] = 4;
    assertThrows(DamagedException.class, () -> PlanPrint.read(newer));
  }

  @Test
  void secretsAreNotInIt() {
    String text =
        """
        parameters:
          salt: { type: string, secret: true, default: "%s" }
        sources:
          rows:
            generator: { count: 1, fields: { id: n } }
        transforms:
          hashed:
            set: { h: sha256(params.salt) }
        sinks:
          out: { console: json }
        """;

    PlanPrint one = PlanPrint.of(plan(text.formatted("pepper")));

    assertFalse(one.text().contains("pepper"), one::text);
    assertEquals(one, PlanPrint.of(plan(text.formatted("sugar"))));
    assertNotEquals(one, PlanPrint.of(plan(text.replace("sha256", "md5").formatted("pepper"))));
  }

  private static Stream<Path> pipelines() {
    return Repository.folders(PIPELINES).stream()
        .map(f -> f.resolve("pipeline.yaml"))
        .filter(Files::exists);
  }

  private static String name(Path file) {
    return String.valueOf(file.resolveSibling("").getFileName());
  }

  private static PlanPrint print(Path file) throws IOException {
    return PlanPrint.of(plan(Files.readString(file), beside(file)));
  }

  private static NamedFiles beside(Path file) {
    return path -> Files.readAllBytes(file.resolveSibling(path));
  }

  private static LogicalPlan plan(String text) {
    return plan(text, NamedFiles.none());
  }

  private static LogicalPlan plan(String text, NamedFiles files) {
    List<Catalogue> catalogues = new ArrayList<>();
    ServiceLoader.load(Catalogue.class).forEach(catalogues::add);
    SourceText source =
        SourceText.read("pipeline.yaml", text.getBytes(StandardCharsets.UTF_8), new Problems())
            .orElseThrow();
    Language.Request alone = Language.Request.of(source);
    Language.Checked checked =
        new Language(catalogues)
            .check(
                new Language.Request(source, Map.of(), alone.environment(), files, alone.leave()));
    return checked.plan().orElseThrow(() -> new AssertionError(checked.problems().toString()));
  }
}
