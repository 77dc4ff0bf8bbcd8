package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.reference.Mistake;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine gives what the reference says. */
final class AgreementTest {
  private static final int SEEDS = Integer.getInteger("penstock.agreements", 10_000);
  private static final int FEW = 1000;

  @Test
  void theEngineGivesWhatTheReferenceSays() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertEquals(Optional.empty(), Agreement.RIGHT.difference(seed));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aMistakeIsFound(Mistake mistake) {
    found(new Agreement(mistake, Agreement.RIGHT.from(), Agreement.RIGHT.loss()));
  }

  @Test
  void aRowThatIsLostWhereARunGoesOnIsFound() {
    found(reading(position -> position > 0 ? position + 1 : 0));
  }

  @Test
  void aRowThatIsReadTwiceWhereARunGoesOnIsFound() {
    found(reading(position -> Math.max(0, position - 1)));
  }

  private static Agreement reading(PartedRows.From from) {
    return new Agreement(Mistake.NONE, from, Agreement.RIGHT.loss());
  }

  @Test
  void aStepThatIsGivenNothingWhereARunGoesOnIsFound() {
    found(new Agreement(Mistake.NONE, Agreement.RIGHT.from(), AgreementTest::forget));
  }

  /** Takes the state of all steps out of the newest checkpoint. */
  private static void forget(Checkpoints checkpoints) throws IOException {
    if (checkpoints.epochs().isEmpty()) {
      return;
    }
    Checkpoint newest = checkpoints.read(checkpoints.epochs().last());
    Map<String, Checkpoint.StageState> stages = new HashMap<>();
    newest
        .stages()
        .forEach(
            (step, state) ->
                stages.put(
                    step, new Checkpoint.StageState(List.of(), state.finished(), state.times())));
    checkpoints.remove(newest.epoch());
    checkpoints.decide(
        new Checkpoint(
            newest.epoch(),
            newest.run(),
            newest.engine(),
            newest.print(),
            newest.mode(),
            newest.createdMicros(),
            newest.ending(),
            newest.slot(),
            newest.sources(),
            stages,
            newest.sinks(),
            newest.tables(),
            newest.counts()),
        CrashPoints.NONE);
  }

  private static void found(Agreement wrong) {
    long first = LongStream.range(0, FEW).filter(seed -> !wrong.holds(seed)).findFirst().orElse(-1);
    assertTrue(first >= 0, () -> wrong + " is not found");
  }

  @Test
  void theSeedOfTheCommandLineAgrees() {
    assertEquals(Optional.empty(), Agreement.RIGHT.difference(Long.getLong("penstock.seed", 0)));
  }
}
