package io.penstock.dsl.launcher.test;

import io.penstock.api.problem.Problem;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.report.RunReport;
import io.penstock.core.run.EmbeddedRunner;
import io.penstock.core.run.SteppedRun;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.dsl.launcher.test.TestCase.Expected;
import io.penstock.json.Json;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs one test in every way of running until one fails. */
final class TestRun {
  /** A run over rows of a test file that takes longer hangs. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Path STATE = Path.of("/state");
  private static final int EDGE_BATCHES = 2;

  private final Path folder;
  private final Disk disk;
  private final io.penstock.api.system.Clock clock;
  private final Scheduler scheduler;

  TestRun(Path folder, Disk disk, io.penstock.api.system.Clock clock, Scheduler scheduler) {
    this.folder = folder;
    this.disk = disk;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** What a test gives, typed. */
  record Given(
      Map<String, List<Entry>> sources,
      Map<String, List<Entry.Row>> tables,
      Map<String, List<GivenAnswer>> lookups) {
    /** How many rows all sources give together. */
    int rows() {
      return (int) sources.values().stream().flatMap(List::stream).filter(Reading::isRow).count();
    }
  }

  TestResult run(String file, TestCase test, LogicalPlan plan, Given given) {
    Map<String, List<Json>> sinks = Map.of();
    Optional<RunReport> last = Optional.empty();
    for (TestMode mode : TestMode.all(given.rows())) {
      Ended ended = run(plan, given, mode, false);
      sinks = rows(ended.plan().sinks());
      if (mode.kills().isEmpty()) {
        last = Optional.of(ended.report());
      }
      List<Difference> differences = differences(test, sinks);
      Optional<Problem> problem = ended.report().problem();
      if (!differences.isEmpty() || problem.isPresent()) {
        Map<String, List<Json>> steps = seen(run(plan, given, mode, true).plan().steps());
        return new TestResult(
            file, test, Optional.of(mode), differences, problem, steps, sinks, last);
      }
    }
    return new TestResult(
        file, test, Optional.empty(), List.of(), Optional.empty(), Map.of(), sinks, last);
  }

  private static List<Difference> differences(TestCase test, Map<String, List<Json>> sinks) {
    List<Difference> differences = new ArrayList<>();
    for (Expected expected : test.then()) {
      List<Json> actual = sinks.getOrDefault(expected.sink().name(), List.of());
      Difference difference = Difference.between(expected, actual);
      if (!difference.isNone()) {
        differences.add(difference);
      }
    }
    return differences;
  }

  /** A run that has ended, with what it left. */
  private record Ended(RunReport report, PlanUnderTest plan) {}

  private Ended run(LogicalPlan plan, Given given, TestMode mode, boolean watch) {
    TestClock time = new TestClock(clock);
    Reading reading = new Reading(time);
    PlanUnderTest.Way way = new PlanUnderTest.Way(mode, watch);
    PlanUnderTest under = PlanUnderTest.of(plan, given, reading, way);
    return mode.kills()
        .map(when -> killed(under, mode, time, new Kills(when, reading)))
        .orElseGet(() -> whole(under, mode, time));
  }

  /** Runs a pipeline that is killed and goes on until it comes to its end. */
  private Ended killed(PlanUnderTest under, TestMode mode, TestClock time, Kills kills) {
    VolatileDisk kept = new VolatileDisk();
    RunRequest request =
        request(mode, kept, time, new NoThreads(scheduler))
            .keeping(new KeptState(STATE, false, List.of()), kills)
            .compiling(CompileMode.OFF);
    while (true) {
      SteppedRun life = new SteppedRun(under.plan(), request, EDGE_BATCHES);
      try {
        return new Ended(life.toTheEnd(kills::choice), under);
      } catch (Kills.Killed gone) {
        kept.processGone();
        kills.again();
      }
    }
  }

  private RunRequest request(TestMode mode, Disk on, TestClock time, Scheduler threads) {
    return new RunRequest(
        Optional.of(mode.mode()),
        mode.workers(),
        mode.batchRows(),
        true,
        folder,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        0,
        on,
        time,
        threads,
        OutputStream.nullOutputStream(),
        line -> {});
  }

  private Ended whole(PlanUnderTest under, TestMode mode, TestClock time) {
    RunRequest request = request(mode, disk, time, scheduler);
    RunningPipeline running = new EmbeddedRunner().start(under.plan(), request);
    try {
      Optional<RunReport> report = running.await(LONGEST);
      if (report.isEmpty()) {
        running.abort();
        throw new IllegalStateException("the run of a test does not end: " + running.report());
      }
      return new Ended(report.get(), under);
    } catch (InterruptedException e) {
      running.abort();
      Thread.currentThread().interrupt();
      return new Ended(running.report(), under);
    }
  }

  private static Map<String, List<Json>> rows(Map<String, TestSink> sinks) {
    Map<String, List<Json>> rows = new LinkedHashMap<>();
    sinks.forEach((name, sink) -> rows.put(name, sink.rows()));
    return rows;
  }

  private static Map<String, List<Json>> seen(Map<String, TestSink> sinks) {
    Map<String, List<Json>> rows = new LinkedHashMap<>();
    sinks.forEach((name, sink) -> rows.put(name, sink.seen()));
    return rows;
  }
}
