package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.runner.CrashPoint;
import io.penstock.core.runner.CrashPoints;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is killed at any named place, any number of times, delivers everything once. */
final class KillsTest {
  /** Kills the process when it comes to a place for the so manieth time. */
  private static CrashPoints at(String point, int nth) {
    int[] seen = {0};
    return reached -> {
      if (reached.equals(point) && ++seen[0] == nth) {
        throw new Killed();
      }
    };
  }

  /** Kills the process at the so manieth place of all that it comes to. */
  private static CrashPoints after(int places) {
    int[] seen = {0};
    return reached -> {
      if (seen[0]++ == places) {
        throw new Killed();
      }
    };
  }

  static Stream<Arguments> shapesInBothModes() {
    return Arrays.stream(Killable.Shape.values())
        .flatMap(shape -> Stream.of(true, false).map(batches -> Arguments.of(shape, batches)));
  }

  @ParameterizedTest
  @MethodSource("shapesInBothModes")
  void aKillAtAnyNamedPlaceLosesAndRepeatsNothing(Killable.Shape shape, boolean batches) {
    for (CrashPoint point : CrashPoint.values()) {
      for (int nth = 1; nth <= 3; nth++) {
        Killable killable = new Killable(shape);
        if (point.text().startsWith("recovery")) {
          killable.killed(batches, nth, at(CrashPoint.CHECKPOINT_DURABLE.text(), 2));
        }
        killable.killed(batches, nth, at(point.text(), nth));
        killable.finish(!batches, shape + " killed at " + point + " " + nth);
      }
    }
  }

  @Test
  void everyNamedPlaceIsReachedInBothModesButForPlans() {
    for (boolean batches : List.of(true, false)) {
      Set<String> reached = new TreeSet<>();
      Killable killable = new Killable(Killable.Shape.TOTALS);
      CrashPoints kill = at(CrashPoint.SOURCES_ACKNOWLEDGED.text(), 2);
      killable.killed(
          batches,
          1,
          point -> {
            reached.add(point);
            kill.reached(point);
          });
      killable.run(batches, 2, reached::add, (change, path) -> {});

      Set<String> named =
          Arrays.stream(CrashPoint.values())
              .map(CrashPoint::text)
              .filter(point -> batches || !point.startsWith("plan"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(named, reached);
    }
  }

  @ParameterizedTest
  @EnumSource
  void killsDuringTheRecoveryOfKillsLoseAndRepeatNothing(Killable.Shape shape) {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Killable killable = new Killable(shape);
      StringBuilder how = new StringBuilder(shape + ", seed " + seed);
      int deep = 1 + random.nextInt(4);
      killable.killed(random.nextBoolean(), seed, after(random.nextInt(90)));
      for (int i = 0; i < deep; i++) {
        int places = random.nextInt(i % 2 == 0 ? 8 : 40);
        how.append(", then after ").append(places);
        killable.killed(random.nextBoolean(), seed + i, after(places));
      }
      killable.finish(random.nextBoolean(), how.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theModeMayChangeAtAnyEpoch(Killable.Shape shape) {
    for (int seed = 0; seed < 15; seed++) {
      SplittableRandom random = new SplittableRandom(1000 + seed);
      Killable killable = new Killable(shape);
      boolean batches = random.nextBoolean();
      for (int i = 0; i < 6; i++) {
        killable.killed(batches, i, at(CrashPoint.TIDIED.text(), 1));
        batches = !batches;
      }
      killable.finish(batches, shape + ", seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("shapesInBothModes")
  void aSinkThatHasDoneItsPartAndCouldNotSaySoIsNotGivenItTwice(
      Killable.Shape shape, boolean batches) {
    for (int nth = 1; nth <= 6; nth++) {
      int[] answers = {nth};
      Killable killable = new Killable(shape);
      HarmedSink.Harm last =
          () -> {
            if (--answers[0] == 0) {
              throw new Killed();
            }
          };
      killable.harmed(HarmedSink.Harm.NONE, last);
      killable.killed(batches, nth, CrashPoints.NONE);
      killable.harmed(HarmedSink.Harm.NONE, HarmedSink.Harm.NONE);
      killable.finish(!batches, shape + " without the answer " + nth);
      assertTrue(nth > 1 || answers[0] == 0, "no answer was lost");
    }
  }

  @ParameterizedTest
  @MethodSource("shapesInBothModes")
  void aKillBeforeAnyChangeOfTheDiskLosesAndRepeatsNothing(Killable.Shape shape, boolean batches) {
    int[] changes = {0};
    new Killable(shape).run(batches, 5, CrashPoints.NONE, (change, path) -> changes[0]++);
    assertTrue(changes[0] > 20, "the disk changes " + changes[0] + " times");
    for (int kill = 0; kill < changes[0]; kill += 1 + kill / 60) {
      int last = kill;
      int[] seen = {0};
      Killable killable = new Killable(shape);
      killable.attempt(
          batches,
          5,
          CrashPoints.NONE,
          (change, path) -> {
            if (seen[0]++ == last) {
              throw new Killed();
            }
          });
      killable.finish(!batches, shape + " killed before change " + kill);
    }
  }
}
