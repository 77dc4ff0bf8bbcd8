package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that may open few files writes to many. */
final class OpenFilesTest {
  private static final int ROWS = 30_000;
  private static final String PIPELINE =
      """
      sources:
        numbers:
          generator: { count: 30000, fields: { n: n } }
      sinks:
        parts: { file: { path: "parts/{n % 300}/", format: { text: { line: "{n}" } } } }
        others: { from: numbers, file: { path: "others/{n % 200}/", format: { text: { line: "{n}" } } } }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"'', ''", "'run: { checkpoint: 100ms }', ' --state out/state'"})
  void everyRowIsThereOnceThoughFewFilesMayBeOpen(String kept, String state) throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE + kept);
    try (Session session = Session.withMounts(folder)) {
      // In memory, where it costs nothing to force 500 files.
      session.does("mkdir out && mount -t tmpfs -o size=64m none out && ulimit -n 128");

      session.starts("run pipeline.yaml --root out" + state);

      assertEquals(0, session.exit(), session::toString);
      session.does("cp -r out/parts out/others .");
      assertEquals(IntStream.range(0, ROWS).boxed().toList(), numbers("parts"));
      assertEquals(IntStream.range(0, ROWS).boxed().toList(), numbers("others"));
    }
  }

  private List<Integer> numbers(String output) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(output))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("part-")).toList()) {
        Files.readAllLines(file).forEach(line -> numbers.add(Integer.valueOf(line)));
      }
    }
    return numbers.stream().sorted().toList();
  }
}
