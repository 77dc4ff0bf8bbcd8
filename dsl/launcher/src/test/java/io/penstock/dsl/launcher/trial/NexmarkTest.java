package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The NexMark queries give the rows that are computed in the plainest way over the same events,
 * whatever the mode, the size of batches, the number of workers and the memory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NexmarkTest {
  /** A minute of events: enough for windows of ten seconds to open and close. */
  private static final List<String> EVENTS =
      List.of("--param", "events=3000", "--param", "event_rate=50/s", "--param", "seed=11");

  private static final List<List<String>> WAYS =
      List.of(
          List.of(),
          List.of("--mode", "micro_batch", "--workers", "1"),
          List.of("--mode", "micro_batch", "--batch-rows", "7"),
          List.of("--batch-rows", "1", "--workers", "1", "--compile", "off"),
          List.of("--batch-rows", "64", "--workers", "2", "--compile", "eager"),
          List.of("--optimise", "off"),
          List.of("--memory", "1MiB"));

  private Optional<NexmarkRows> known = Optional.empty();

  @TempDir Path temporary;

  @BeforeEach
  void copiesTheQueries() throws IOException {
    Repository.copy(Repository.ROOT.resolve("pipelines/nexmark"), temporary);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q11", "q13", "q14", "q15",
        "q16", "q17", "q18", "q19", "q20", "q21", "q22"
      })
  void givesTheRowsOfThePlainestWay(String query) throws IOException {
    JsonRows expected = expected(query);
    assertTrue(expected.size() > 0, "nothing is expected");

    for (List<String> way : WAYS) {
      run(query + ".yaml", way);
      JsonRows found = JsonRows.read(temporary.resolve("out/" + query + ".jsonl")).applied();
      assertEquals("", found.differenceFrom(expected), way::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q1", "q3", "q5", "q8", "q11"})
  void goesOnWhereItStopped(String query) throws IOException {
    Files.writeString(
        temporary.resolve("kept.yaml"),
        Files.readString(temporary.resolve(query + ".yaml"))
            + "run: { mode: micro_batch, batch: { max_rows: 400 } }\n");
    Path out = temporary.resolve("out/" + query + ".jsonl");
    Files.deleteIfExists(out);
    String state = temporary.resolve("state-" + query).toString();

    run("kept.yaml", List.of("--state", state, "--until", "1200 rows"));
    int early = JsonRows.read(out).size();
    run("kept.yaml", List.of("--state", state));

    JsonRows expected = expected(query);
    assertTrue(early < expected.size(), "all rows were there before");
    assertEquals("", JsonRows.read(out).differenceFrom(expected));
  }

  @Test
  void filesOfQ10HoldTheBidsOfTheirMinute() throws IOException {
    run("q10.yaml", List.of());

    Path folder = temporary.resolve("out/q10");
    List<JsonNode> found = new ArrayList<>();
    for (Path file : Repository.files(folder)) {
      if (file.toString().endsWith(".csv")) {
        String minute = folder.relativize(file.getParent()).toString();
        for (JsonNode row : CsvRows.readNumbers(file).rows()) {
          String time = row.path("date_time").stringValue();
          assertEquals(minute, time.substring(0, 16).replace('T', '/').replace(':', '-'));
          found.add(row);
        }
      }
    }
    assertEquals("", new JsonRows(found).differenceFrom(expected("q10")));
  }

  @Test
  void q12CountsEachBidOnceWhateverTheClockSays() throws IOException {
    run("q12.yaml", List.of());

    Map<Long, Long> found = new TreeMap<>();
    for (JsonNode row : JsonRows.read(temporary.resolve("out/q12.jsonl")).rows()) {
      found.merge(row.path("bidder").longValue(), row.path("bid_count").longValue(), Long::sum);
    }
    Map<Long, Long> wanted = new TreeMap<>();
    for (JsonNode bid : expected("q0").rows()) {
      wanted.merge(bid.path("bidder").longValue(), 1L, Long::sum);
    }
    assertEquals(wanted, found);
  }

  @Test
  void everyQueryIsTested() throws IOException {
    List<String> queries =
        Repository.files(Repository.ROOT.resolve("pipelines/nexmark")).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".yaml"))
            .toList();

    for (String query : queries) {
      String test = query.replace(".yaml", ".test.yaml");
      assertTrue(query.endsWith(".test.yaml") || queries.contains(test), query);
    }
    assertFalse(queries.isEmpty());
  }

  private JsonRows expected(String query) throws IOException {
    if (known.isEmpty()) {
      Files.writeString(
          temporary.resolve("all.yaml"),
          Files.readString(temporary.resolve("q0.yaml")).split("transforms:")[0]
              + "sinks:\n  out:\n    file: out/all.jsonl\n");
      run("all.yaml", List.of());
      known = Optional.of(new NexmarkRows(JsonRows.read(temporary.resolve("out/all.jsonl"))));
    }
    return known.get().of(query);
  }

  private void run(String pipeline, List<String> way) {
    List<String> arguments = new ArrayList<>(List.of("run", pipeline));
    arguments.addAll(EVENTS);
    arguments.addAll(way);
    Outcome outcome = new Terminal(temporary).run(arguments.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::all);
  }
}
