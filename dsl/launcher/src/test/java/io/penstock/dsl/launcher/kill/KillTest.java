package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.runner.CrashPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that is killed or stopped loses and doubles nothing; and the judge sees where one does.
 */
final class KillTest {
  private static final int KILLS = 5;
  private static final int STOPS = 3;
  private static final int FILES = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRowIsThereOnceAfterKills(String mode) throws Exception {
    Orders orders = new Orders(100_000);

    RandomKills kills = new RandomKills(Program.ofClasses(), mode, orders, new Random(7));

    assertEquals(Verdict.CLEAN, kills.round(folder, KILLS, FILES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRowIsThereOnceAfterAKillAtEachPlaceThatHasAName(String mode) throws Exception {
    NamedKills kills = new NamedKills(Program.ofClasses(), mode, new Orders(30_000), 30);

    Verdict verdict = kills.inARow(folder.resolve("row"), oneAfterTheOther(mode));
    // Where the name is there, a later start does not come to where it is made to last.
    Verdict durable = kills.once(folder.resolve("durable"), CrashPoint.IDENTITY_DURABLE, 1);

    assertEquals(Verdict.CLEAN, verdict.plus(durable));
    assertEquals(Set.of(), kills.missed());
  }

  /** A run that has no batches plans none. */
  private static List<CrashPoint> oneAfterTheOther(String mode) {
    return Arrays.stream(CrashPoint.values())
        .filter(point -> mode.equals("micro_batch") || !point.name().startsWith("PLAN_"))
        .filter(point -> point != CrashPoint.IDENTITY_DURABLE)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRowIsThereOnceAfterStopsEvenWhereItCannotBeTakenBack(String mode) throws Exception {
    Stops stops = new Stops(Program.ofClasses(), mode, new Orders(100_000), new Random(7));

    Verdict verdict = stops.round(folder, Shape.GOES_ON, STOPS);

    assertEquals(Verdict.CLEAN, verdict);
    assertEquals(STOPS, stops.stopped(), stops.toString());
  }

  @ParameterizedTest
  @CsvSource({"continuous, SINK, DEADLINE", "micro_batch, PIPE, SECOND_SIGNAL"})
  void everyRowIsThereOnceAfterASinkThatNeverAnswered(
      String mode, StuckSinks.Where where, StuckSinks.By by) throws Exception {
    Program program = StuckCatalogue.program(folder.resolve("services"));

    StuckSinks stuck = new StuckSinks(program, mode, new Orders(30_000));

    assertEquals(Verdict.CLEAN, stuck.once(folder.resolve("run"), where, by));
  }

  @Test
  void everyRowIsThereOnceAfterMemoryWasUsedUp() throws Exception {
    SmallHeaps heaps = new SmallHeaps(Program.ofClasses(), "micro_batch", new Orders(100_000));

    Verdict verdict = heaps.inTurn(folder, 24, 40);

    assertEquals(Verdict.CLEAN, verdict);
    assertEquals(Map.of(24, 5, 40, 5), heaps.codes());
  }

  @Test
  void theJudgeSeesWhatIsLostDoubledReorderedAndCorrupt() throws Exception {
    Trial trial =
        new Trial(folder, Program.ofClasses(), Shape.ENDS, "continuous", new Orders(2_000), 1);
    trial.toTheEnd();
    Path all = folder.resolve("all.jsonl");
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(all));
    lines.remove(5);
    lines.set(7, lines.get(7).replace("\"value\":", "\"value\":9"));
    lines.add(lines.get(3));
    Files.write(all, lines);

    assertEquals(new Verdict(1, 1, 1, 1, 0), trial.verdict());
  }
}
