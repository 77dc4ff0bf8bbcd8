package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference pipelines and the samples write the same bytes, and the same dead letters, however
 * they are optimised, compiled, cut into batches and spread over workers. Left out is the pipeline
 * whose readings are of now.
 */
final class EquivalenceTest {
  private static final String FAILED_AT = "\"failed_at\":";

  @TempDir Path temporary;

  @BeforeEach
  void copiesPipelinesAndSamples() throws IOException {
    for (String folder : new String[] {"pipelines", "samples"}) {
      Repository.copy(Repository.ROOT.resolve(folder), temporary.resolve(folder));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pipelines/web-access-log/pipeline.yaml, small",
    "pipelines/order-cleaning/pipeline.yaml, small",
    "pipelines/invoice-lines/pipeline.yaml, small",
    "pipelines/flight-delays/pipeline.yaml, large",
    "samples/bird-strikes.yaml, large",
    "samples/earthquakes.yaml, large"
  })
  void writesTheSameHoweverItIsRun(String pipeline, String size) throws IOException {
    SortedMap<String, String> first = new TreeMap<>();
    for (List<String> flags : waysToRun(size.equals("small"))) {
      SortedMap<String, String> found = run(pipeline, flags);
      first = first.isEmpty() ? found : first;
      assertEquals(first.keySet(), found.keySet(), flags::toString);
      assertEquals(first, found, flags::toString);
    }
    assertFalse(first.isEmpty());
  }

  private static List<List<String>> waysToRun(boolean everyBatch) {
    List<List<String>> ways = new ArrayList<>();
    for (String optimise : List.of("on", "off")) {
      for (String compile : List.of("off", "eager", "background")) {
        for (String workers : List.of("1", "2")) {
          List<String> way =
              List.of("--optimise", optimise, "--compile", compile, "--workers", workers);
          ways.add(way);
          for (String rows : everyBatch ? List.of("1", "7") : List.of("7")) {
            List<String> cut = new ArrayList<>(way);
            cut.addAll(List.of("--batch-rows", rows));
            ways.add(cut);
          }
        }
      }
    }
    return ways;
  }

  private SortedMap<String, String> run(String pipeline, List<String> flags) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", pipeline));
    arguments.addAll(flags);
    Outcome outcome = new Terminal(temporary).run(arguments.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::all);
    return outputs(temporary.resolve(pipeline).resolveSibling("out"));
  }

  /** The outputs by file name. */
  private static SortedMap<String, String> outputs(Path folder) throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        all.put(
            folder.relativize(file).toString(),
            text.contains(FAILED_AT) ? deadLetters(text) : text);
      }
    }
    return all;
  }

  /** Dead letters without their times; those of several steps come in the order of batches. */
  private static String deadLetters(String text) {
    return text.lines()
        .map(line -> line.replaceAll(FAILED_AT + "\"[^\"]*\"", ""))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
