package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.Problem;
import io.penstock.api.system.Clock;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.dsl.launcher.display.Closing;
import io.penstock.dsl.launcher.display.Display;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class RunLoopTest {
  private final List<String> events = new ArrayList<>();
  private final MovingClock clock = new MovingClock();
  private final Running running = new Running();
  private final RunLoop loop = new RunLoop(new Said(), clock, Duration.ofSeconds(30));

  @Test
  void waitsForTheEndAndShowsProgressMeanwhile() throws InterruptedException {
    running.endsAfter = 25;

    loop.await(running);

    assertEquals(List.of("progress", "progress"), events);
  }

  @Test
  void whatHindersARunIsShownAtOnceAndSoIsItsEnd() throws InterruptedException {
    running.endsAfter = 8;
    running.degraded = wait -> wait == 3 || wait == 4 ? Optional.of("full") : Optional.empty();

    loop.await(running);

    assertEquals(List.of("progress full", "progress"), events);
  }

  @Test
  void theFirstSignalStopsCleanly() throws InterruptedException {
    running.endsAfter = 5;
    loop.stop();

    loop.await(running);

    assertEquals(List.of("stop", "stopping cleanly; once more stops at once"), events);
  }

  @Test
  void aSignalThatFollowsAtOnceIsTheSameWish() throws InterruptedException {
    running.endsAfter = 5;
    loop.stop();
    loop.stop();

    loop.await(running);

    assertEquals(List.of("stop", "stopping cleanly; once more stops at once"), events);
  }

  @Test
  void theSecondSignalStopsAtOnce() throws InterruptedException {
    running.endsAfter = 5;
    loop.stop();
    clock.nanos += Duration.ofSeconds(1).toNanos();
    loop.stop();

    loop.await(running);

    assertEquals("abort", events.get(2));
  }

  @Test
  void aStopThatTakesTooLongBecomesAnAbort() throws InterruptedException {
    running.endsAfter = Integer.MAX_VALUE;
    loop.stop();

    RunReport report = loop.await(running);

    assertEquals(1, events.stream().filter("abort"::equals).count());
    assertEquals(Optional.empty(), report.outcome());
  }

  @Test
  void isOverdueLessThanASecondAfterTheDeadline() {
    assertFalse(loop.isOverdue());
    loop.stop();

    clock.nanos += Duration.ofMillis(30_800).toNanos();
    assertFalse(loop.isOverdue());
    clock.nanos++;
    assertTrue(loop.isOverdue());
  }

  @Test
  void isOverdueLessThanASecondAfterTheSecondSignal() {
    loop.stop();
    clock.nanos += Duration.ofSeconds(2).toNanos();
    loop.stop();

    clock.nanos += Duration.ofMillis(800).toNanos();
    assertFalse(loop.isOverdue());
    clock.nanos++;
    assertTrue(loop.isOverdue());
  }

  private static final class MovingClock implements Clock {
    private long nanos;

    @Override
    public long micros() {
      return nanos / 1000;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }

  private final class Running implements RunningPipeline {
    private int endsAfter;
    private int waits;
    private IntFunction<Optional<String>> degraded = wait -> Optional.empty();

    @Override
    public RunReport report() {
      return new RunReport(
          "p",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Duration.ZERO,
          0,
          List.of(),
          degraded.apply(waits),
          List.of(),
          Optional.empty());
    }

    @Override
    public void stop() {
      events.add("stop");
    }

    @Override
    public void abort() {
      events.add("abort");
    }

    @Override
    public Optional<RunReport> await(Duration atMost) {
      clock.nanos += atMost.toNanos();
      return ++waits >= endsAfter ? Optional.of(report()) : Optional.empty();
    }
  }

  private final class Said implements Display {
    @Override
    public Duration interval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void progress(RunReport report) {
      events.add("progress" + report.degraded().map(why -> " " + why).orElse(""));
    }

    @Override
    public void log(RunRequest.LogLine line) {}

    @Override
    public void say(String text) {
      events.add(text);
    }

    @Override
    public void problem(Problem problem) {}

    @Override
    public void end(RunReport report, Closing closing) {}
  }
}
