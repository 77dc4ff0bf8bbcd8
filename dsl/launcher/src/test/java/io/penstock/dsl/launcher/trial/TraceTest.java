package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of single records, one folder for each case. */
final class TraceTest {
  private static final int RECORDS = 8;

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> showsWhatBecomesOfARecord() {
    return Repository.folders(Repository.resources("trace")).stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  /** What the sinks would write of each record is together what a run writes. */
  @Test
  void agreesWithARunOverAllRecords() throws IOException {
    Path copy = temporary.resolve("whole");
    Repository.copy(Repository.resources("trace").resolve("01-out-of-a-stream"), copy);
    StringBuilder rest = new StringBuilder("id,country,amount,cents,land\n");
    StringBuilder large = new StringBuilder();
    for (int record = 1; record <= RECORDS; record++) {
      Terminal.Outcome traced =
          new Terminal(copy)
              .run("trace", "pipeline.yaml", "--record", "" + record, "--format", "json");
      for (Json step : Json.parse(traced.out()).member("steps").orElseThrow().elements()) {
        String name = step.member("step").flatMap(Json::asText).orElseThrow();
        for (Json written : step.member("written").orElseThrow().elements()) {
          (name.equals("sinks.rest") ? rest : large)
              .append(written.member("bytes").flatMap(Json::asText).orElseThrow());
        }
      }
    }

    Terminal.Outcome run = new Terminal(copy).run("pipeline.yaml");

    assertEquals(0, run.code(), run::all);
    assertEquals(Files.readString(copy.resolve("out/rest.csv")), rest.toString());
    assertEquals(Files.readString(copy.resolve("out/large/DE.jsonl")), large.toString());
  }

  private void check(Path folder) throws IOException {
    Path copy = temporary.resolve(folder.getFileName().toString());
    Repository.copy(folder, copy);
    Path expected = folder.resolve("expected.txt");
    String text = Files.readString(expected);

    String played = Transcript.play(Transcript.commands(text), copy);

    if (Repository.GOLDEN) {
      Files.writeString(expected, played);
    }
    assertEquals(Files.readString(expected), played);
    assertTrue(played.contains("exit "));
  }
}
