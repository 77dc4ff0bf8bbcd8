package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The conformance cases give the expected rows however they are run. */
final class ConformanceTest {
  private static final Path CASES = Repository.resources("conformance");

  @TempDir Path temporary;
  private final Map<String, JsonRows> counted = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> givesTheExpectedRowsHoweverItIsRun() throws IOException {
    JsonNode cases = JsonRows.parse(Files.readString(CASES.resolve("cases.json")));
    assertEquals(
        Repository.folders(CASES).size() - 1, cases.size(), "each folder is listed in cases.json");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode each : cases) {
      for (List<String> flags : waysToRun()) {
        String name = each.path("name").stringValue() + " " + String.join(" ", flags);
        tests.add(DynamicTest.dynamicTest(name, () -> run(each, flags, name.replace(" ", "_"))));
      }
    }
    return tests.stream();
  }

  private static List<List<String>> waysToRun() {
    List<List<String>> ways = new ArrayList<>();
    for (String mode : List.of("continuous", "micro_batch")) {
      for (String workers : List.of("1", "2")) {
        ways.add(List.of("--mode", mode, "--workers", workers));
        for (String rows : List.of("1", "7")) {
          ways.add(List.of("--mode", mode, "--workers", workers, "--batch-rows", rows));
        }
      }
    }
    for (String optimise : List.of("on", "off")) {
      for (String compile : List.of("off", "eager", "background")) {
        List<String> way = List.of("--optimise", optimise, "--compile", compile);
        ways.add(way);
        for (String rows : List.of("1", "7")) {
          List<String> small = new ArrayList<>(way);
          small.addAll(List.of("--batch-rows", rows, "--workers", "2"));
          ways.add(small);
        }
      }
    }
    return ways;
  }

  private void run(JsonNode each, List<String> flags, String folder) throws IOException {
    Path out = Files.createDirectories(temporary.resolve(folder));
    Path pipeline = CASES.resolve(each.path("name").stringValue()).resolve("pipeline.yaml");
    Map<String, String> environment =
        Map.of("DATA", CASES.resolve("data").toString(), "OUT", out.toString());
    List<String> arguments = new ArrayList<>(List.of("run", pipeline.toString(), "--quiet"));
    arguments.addAll(flags);

    Outcome outcome = new Terminal(temporary, environment).run(arguments.toArray(String[]::new));

    assertEquals(0, outcome.code(), outcome::all);
    for (Map.Entry<String, JsonNode> output : each.path("outputs").properties()) {
      check(each, output.getKey(), output.getValue().intValue(), out);
    }
  }

  private void check(JsonNode each, String output, int count, Path out) throws IOException {
    JsonNode compare = each.path("compare").path(output);
    JsonRows actual =
        compare.has("file")
            ? CsvRows.read(out.resolve(compare.path("file").stringValue()))
            : JsonRows.read(out.resolve(output + ".jsonl"));
    assertEquals(count, actual.size(), () -> output + ": " + actual.rows());
    String name = each.path("name").stringValue();
    if (compare.path("count").booleanValue(false)) {
      // What they are is ours to say, but it is the same however it is run.
      JsonRows rows = actual.without("failed_at");
      JsonRows first = counted.computeIfAbsent(name + " " + output, key -> rows);
      assertEquals("", rows.differenceFrom(first), output);
    } else {
      String expected = output.equals("out") ? "expected.jsonl" : "expected." + output + ".jsonl";
      JsonRows wanted = JsonRows.read(CASES.resolve(name).resolve(expected));
      assertEquals("", actual.differenceFrom(wanted), output);
    }
  }
}
