package io.penstock.dsl.launcher.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between packages are those of engine/architecture.txt, and keep the rules of the
 * rooms.
 */
final class ArchitectureTest {
  private static final Path KEPT = ClassFolders.ROOT.resolve("engine/architecture.txt");

  /** Where a folder's code may lead besides itself; {@code io.penstock.api} is open to all. */
  private static final Map<String, List<String>> MAY_NAME =
      Map.ofEntries(
          Map.entry("io.penstock.api", List.of()),
          Map.entry("io.penstock.json", List.of()),
          Map.entry("io.penstock.testkit", List.of("io.penstock.json")),
          Map.entry("io.penstock.core", List.of("io.penstock.json")),
          Map.entry("io.penstock.connectors", List.of("io.penstock.json")),
          Map.entry(
              "io.penstock.dsl.language",
              List.of(
                  "io.penstock.core.logical",
                  "io.penstock.core.expression",
                  "io.penstock.core.compile",
                  "io.penstock.core.delivery",
                  "io.penstock.core.schedule",
                  "io.penstock.json")),
          Map.entry(
              "io.penstock.dsl.launcher",
              List.of(
                  "io.penstock.dsl.language",
                  "io.penstock.core.logical",
                  "io.penstock.core.expression",
                  "io.penstock.core.optimise",
                  "io.penstock.core.physical",
                  "io.penstock.core.run",
                  "io.penstock.core.runner",
                  "io.penstock.core.report",
                  "io.penstock.core.delivery",
                  "io.penstock.core.schedule",
                  "io.penstock.core.system",
                  // The commands about kept state show what is in it.
                  "io.penstock.core.checkpoint",
                  "io.penstock.core.inspect",
                  "io.penstock.core.state",
                  "io.penstock.core.upgrade",
                  "io.penstock.core.replay",
                  "io.penstock.json")),
          Map.entry("io.penstock.bench", List.of("io.penstock.core", "io.penstock.json")));

  /** The rooms inside the core: who must not be named by whom. */
  private static final Map<String, List<String>> MUST_NOT_NAME =
      Map.of(
          "io.penstock.core.expression",
              List.of(
                  "io.penstock.core.run",
                  "io.penstock.core.operator",
                  "io.penstock.core.logical",
                  "io.penstock.core.physical",
                  "io.penstock.core.optimise",
                  "io.penstock.core.compile",
                  "io.penstock.core.checkpoint",
                  "io.penstock.core.report",
                  "io.penstock.core.runner"),
          "io.penstock.core.state", List.of("io.penstock.core"),
          "io.penstock.core.logical",
              List.of(
                  "io.penstock.core.run", "io.penstock.core.operator", "io.penstock.core.physical"),
          "io.penstock.core.report", List.of("io.penstock.core.run", "io.penstock.core.operator"),
          "io.penstock.core.operator", List.of("io.penstock.core.run", "io.penstock.core.optimise"),
          "io.penstock.core.optimise",
              List.of("io.penstock.core.run", "io.penstock.core.operator"));

  /** One library, one room. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry(
              "org.yaml.snakeyaml",
              List.of("io.penstock.dsl.language.syntax", "io.penstock.core.expression.yaml")),
          Map.entry("com.cronutils", List.of("io.penstock.core.schedule")),
          Map.entry("com.google.re2j", List.of("io.penstock.core.expression")),
          Map.entry(
              "javax.xml.stream",
              List.of(
                  "io.penstock.core.expression.function", "io.penstock.connectors.standard.xml")),
          Map.entry("ua_parser", List.of("io.penstock.core.expression.useragent")),
          Map.entry("com.dynatrace.hash4j", List.of("io.penstock.core.expression.aggregate")),
          Map.entry(
              "tools.jackson",
              List.of(
                  "io.penstock.json",
                  "io.penstock.dsl.language.document",
                  "io.penstock.dsl.launcher.problems",
                  "io.penstock.dsl.launcher.display")),
          Map.entry("picocli", List.of("io.penstock.dsl.launcher")),
          Map.entry("org.apache.commons.jexl3", List.of("io.penstock.core.expression.script")),
          Map.entry("org.codehaus", List.of("io.penstock.core.compile")),
          Map.entry("sun.misc", List.of("io.penstock.dsl.launcher")),
          Map.entry("org.apache.kafka", List.of("io.penstock.connectors.kafka")),
          Map.entry("org.postgresql", List.of("io.penstock.connectors.jdbc")),
          Map.entry("com.zaxxer", List.of("io.penstock.connectors.jdbc")),
          Map.entry("org.apache.avro", List.of("io.penstock.connectors.avro")),
          Map.entry(
              "javax.net.ssl",
              List.of(
                  "io.penstock.api.network",
                  "io.penstock.connectors.http",
                  "io.penstock.connectors.jdbc",
                  "io.penstock.connectors.kafka",
                  "io.penstock.connectors.registry",
                  "io.penstock.connectors.redis",
                  "io.penstock.connectors.standard.socket",
                  "io.penstock.testkit.network")),
          Map.entry("redis.clients", List.of("io.penstock.connectors.redis")),
          Map.entry("javax.security.auth", List.of("io.penstock.connectors.kafka")),
          Map.entry("com.sun.net.httpserver", List.of("io.penstock.connectors.http")),
          Map.entry("org.apache.parquet", List.of("io.penstock.connectors.parquet")),
          Map.entry("com.google.protobuf", List.of("io.penstock.connectors.protobuf")),
          Map.entry(
              "org.xerial.snappy",
              List.of("io.penstock.connectors.avro", "io.penstock.connectors.parquet")),
          Map.entry(
              "com.github.luben",
              List.of(
                  "io.penstock.connectors.standard",
                  "io.penstock.connectors.avro",
                  "io.penstock.connectors.parquet")),
          Map.entry("com.google.common", List.of("io.penstock.dsl.language", "io.penstock.core")));

  private static SortedSet<Arrow> arrows = new TreeSet<>();

  @BeforeAll
  static void readsTheClasses() {
    arrows = Arrow.readAll(ClassFolders.all());
    assertTrue(arrows.size() > 20, () -> "too few arrows were found: " + arrows);
  }

  @Test
  void theArrowsAreThoseOfTheFile() throws IOException {
    String found = arrows.stream().map(a -> a + "\n").collect(Collectors.joining());

    if (Boolean.getBoolean("penstock.golden")) {
      Files.writeString(KEPT, found);
    }

    assertEquals(
        Files.readString(KEPT),
        found,
        "a new arrow between packages is a decision: discuss it, then run the build with"
            + " -Dpenstock.golden=true");
  }

  @Test
  void arrowsBetweenFoldersRunOneWay() {
    assertNone(
        arrows.stream()
            .filter(Arrow::isOurs)
            .filter(a -> !a.endsIn("io.penstock.api"))
            .filter(a -> !mayName(a))
            .toList());
  }

  @Test
  void roomsOfTheCoreKeepTheirDirection() {
    assertNone(
        arrows.stream()
            .filter(
                a ->
                    MUST_NOT_NAME.entrySet().stream()
                        .anyMatch(
                            rule ->
                                a.startsIn(rule.getKey())
                                    && !a.endsIn(rule.getKey())
                                    && rule.getValue().stream().anyMatch(a::endsIn)))
            .toList());
  }

  @Test
  void eachLibraryHasOneRoom() {
    assertNone(arrows.stream().filter(a -> !a.isOurs()).filter(a -> !isAtHome(a)).toList());
  }

  private static boolean mayName(Arrow arrow) {
    return MAY_NAME.entrySet().stream()
        .filter(rule -> arrow.startsIn(rule.getKey()))
        .anyMatch(
            rule ->
                arrow.endsIn(rule.getKey()) || rule.getValue().stream().anyMatch(arrow::endsIn));
  }

  private static boolean isAtHome(Arrow arrow) {
    return ROOMS.entrySet().stream()
        .filter(rule -> arrow.endsIn(rule.getKey()))
        .anyMatch(rule -> rule.getValue().stream().anyMatch(arrow::startsIn));
  }

  private static void assertNone(List<Arrow> forbidden) {
    assertEquals(List.of(), forbidden);
  }
}
