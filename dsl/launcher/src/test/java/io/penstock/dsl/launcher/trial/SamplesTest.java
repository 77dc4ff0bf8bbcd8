package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The samples run as written and give what expected.py computed from their data. */
final class SamplesTest {
  private static final Path EXPECTED = Repository.resources("samples");

  @TempDir Path temporary;
  private Path out = Path.of("");

  @BeforeEach
  void copiesTheSamples() throws IOException {
    for (Path file : Repository.files(Repository.ROOT.resolve("samples"))) {
      if (!file.toString().contains("/out/")) {
        Files.createDirectories(temporary.resolve("samples"));
        Files.copy(file, temporary.resolve("samples").resolve(file.getFileName()));
      }
    }
    out = temporary.resolve("samples/out");
  }

  @Test
  void flightDelaysGivesTheTwentyBusiestAirportsInOrder() throws IOException {
    run("flight-delays.yaml");

    JsonRows expected = CsvRows.readNumbers(EXPECTED.resolve("flight-delays.csv"));
    JsonRows actual = CsvRows.readNumbers(out.resolve("flight-delays.csv"));
    assertEquals("", actual.differenceFrom(expected));
    assertEquals(
        expected.rows().stream().map(r -> r.path("origin")).toList(),
        actual.rows().stream().map(r -> r.path("origin")).toList());
  }

  @Test
  void birdStrikesGivesAllRowsAndTheirSumsByState() throws IOException {
    run("bird-strikes.yaml");

    Map<String, Integer> counted = counts("strikes-counted.csv");
    assertEquals(counted.get("clean"), JsonRows.read(out.resolve("strikes.jsonl")).size());
    assertEquals(0, JsonRows.read(out.resolve("strikes-rejected.jsonl")).size());
    JsonRows states = CsvRows.readNumbers(out.resolve("strikes-by-state.csv"));
    assertEquals(
        "", states.differenceFrom(CsvRows.readNumbers(EXPECTED.resolve("strikes-by-state.csv"))));
  }

  @Test
  void earthquakesShowsTheStrongAndFilesTheFeltByDay() throws IOException {
    Outcome outcome = run("earthquakes.yaml");

    Map<String, Integer> counted = new TreeMap<>(counts("earthquakes-counted.csv"));
    int strong = counted.remove("strong");
    counted.remove("weak");
    Map<String, Integer> days = new TreeMap<>();
    for (Path file : Repository.files(out.resolve("quakes"))) {
      String name = file.getFileName().toString();
      if (name.endsWith(".csv")) {
        days.put(name.substring(0, name.length() - 4), CsvRows.read(file).size());
      }
    }
    assertEquals(counted, days);
    long shown = outcome.out().lines().filter(line -> line.contains("2018-0")).count();
    assertEquals(strong, shown, outcome::out);
  }

  private Outcome run(String name) {
    Outcome outcome = new Terminal(temporary).run("samples/" + name);
    assertEquals(0, outcome.code(), outcome::all);
    assertTrue(!outcome.showsInsides(), outcome::all);
    return outcome;
  }

  private static Map<String, Integer> counts(String name) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode row : CsvRows.readNumbers(EXPECTED.resolve(name)).rows()) {
      counts.put(row.path("what").stringValue(), row.path("rows").intValue());
    }
    return counts;
  }
}
