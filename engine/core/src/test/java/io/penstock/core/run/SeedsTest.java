package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.testkit.simulation.Schedule;
import io.penstock.testkit.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules that once broke a law do not any more: a file for each mistake. */
final class SeedsTest {
  private static final Path FOLDER = Path.of("src/test/resources/seeds");
  private static final String ONE = "penstock.schedule";

  static Stream<Path> mistakes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isNotMadeAgain(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      if (!line.startsWith("#")) {
        assertEquals(Optional.empty(), report(line));
      }
    }
  }

  @Test
  void theScheduleOfTheCommandLineHolds() {
    String line = System.getProperty(ONE, "LINE WEAK 0  -");
    assertEquals(Optional.empty(), report(line));
  }

  private static Optional<String> report(String line) {
    String[] parts = line.split(" ", 3);
    Seeds seeds =
        new Seeds(Topology.valueOf(parts[0]), SimulatedDisk.Names.valueOf(parts[1]), Variant.RIGHT);
    return seeds.report(Schedule.parse(parts[2]));
  }
}
