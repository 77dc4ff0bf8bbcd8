package io.penstock.dsl.launcher.trace;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemFamily;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.report.RunReport;
import io.penstock.core.run.EmbeddedRunner;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.dsl.launcher.trace.Lookout.Phase;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Runs what a record can come to over its source up to the record, with one task and without any
 * sink, and looks at what it changes. Steps that gather rows have seen the records before it, so
 * they are compared with a run that ends one record earlier.
 */
public final class Tracing {
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final LogicalPlan plan;
  private final LogicalNode source;
  private final long number;
  private final Surroundings surroundings;
  private final long start;
  private final Reach reach;

  /**
   * A trace.
   *
   * @param number of the record, from 1
   */
  public Tracing(LogicalPlan plan, LogicalNode source, long number, Surroundings surroundings) {
    this.plan = plan;
    this.source = source;
    this.number = number;
    this.surroundings = surroundings;
    this.start = surroundings.clock().micros();
    this.reach = new Reach(plan, source);
  }

  /** How a trace ended. */
  public sealed interface Outcome {
    /** What became of the record. */
    record Found(Trace trace) implements Outcome {}

    /** The source has fewer records than that. */
    record Beyond(long records) implements Outcome {}

    /** The pipeline cannot be run up to there. */
    record Broken(Problem problem) implements Outcome {}
  }

  /** The rows that the probes kept in the run with the record, and in that without it. */
  record Seen(TracedPlan with, Map<Place, Probe> without) {}

  /** Does everything. */
  public Outcome trace() throws InterruptedException {
    Outcome outcome = trace(true);
    // A source that does not say where its rows come from leaves only the comparison.
    boolean placed = !(outcome instanceof Outcome.Found found) || found.trace().record().isPlaced();
    return placed ? outcome : trace(false);
  }

  private Outcome trace(boolean placed) throws InterruptedException {
    Lookout lookout = new Lookout();
    boolean compares = !placed || !reach.isAllCarried();
    if (compares) {
      lookout.begin(Phase.COUNT);
      Optional<Problem> broken = run(lookout, number - 1, placed).problem();
      if (broken.isPresent()) {
        return new Outcome.Broken(broken.get());
      }
    }
    lookout.begin(Phase.WITH);
    Done with = run(lookout, number, placed);
    Cut cut = java.util.Objects.requireNonNull(with.plan().cuts().get(source.step()));
    if (with.problem().isPresent()) {
      return new Outcome.Broken(with.problem().get());
    }
    if (cut.record().isEmpty()) {
      return new Outcome.Beyond(cut.count());
    }
    Map<Place, Probe> without = new LinkedHashMap<>();
    if (compares && lookout.hasLeft()) {
      lookout.begin(Phase.WITHOUT);
      without.putAll(run(lookout, number - 1, placed).plan().probes());
    }
    return new Outcome.Found(
        new Findings(plan, reach, cut.record().get(), lookout)
            .trace(new Seen(with.plan(), without)));
  }

  private record Done(TracedPlan plan, Optional<Problem> problem) {}

  private Done run(Lookout lookout, long last, boolean placed) throws InterruptedException {
    TraceClock clock = new TraceClock(surroundings.clock(), start);
    TracedPlan traced =
        TracedPlan.of(
            reach,
            plan,
            source,
            new TracedPlan.Means(lookout, clock),
            new TracedPlan.Run(last, placed));
    RunningPipeline running = new EmbeddedRunner().start(traced.plan(), request(clock));
    Optional<RunReport> report = Optional.empty();
    try {
      while (report.isEmpty()) {
        report = running.await(GLANCE);
      }
    } catch (InterruptedException e) {
      running.abort();
      throw e;
    }
    return new Done(traced, report.get().problem().filter(Tracing::matters));
  }

  /** What stops a run because of its data does not keep a record from being traced. */
  private static boolean matters(Problem problem) {
    return problem.code().family() != ProblemFamily.RECORD;
  }

  private RunRequest request(TraceClock clock) {
    return new RunRequest(
            Optional.empty(),
            1,
            OptionalInt.empty(),
            false,
            surroundings.root(),
            surroundings.confine(),
            OptionalLong.empty(),
            Optional.empty(),
            0,
            new ReadOnlyDisk(surroundings.disk(), surroundings.spill()),
            clock,
            surroundings.scheduler(),
            OutputStream.nullOutputStream(),
            line -> {})
        .holding(Runtime.getRuntime().maxMemory() / 2, surroundings.spill());
  }
}
