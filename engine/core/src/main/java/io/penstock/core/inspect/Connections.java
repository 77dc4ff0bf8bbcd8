package io.penstock.core.inspect;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Probe;
import io.penstock.api.system.Scheduler;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.logical.RowOperations;
import io.penstock.core.logical.Table;
import io.penstock.core.operator.Broken;
import io.penstock.core.operator.DeadLetters;
import io.penstock.core.system.CagedFiles;
import io.penstock.core.system.SystemNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the outside systems of a plan can be used, each in a thread of its own, so that
 * many that give no answer take no longer than one.
 */
public final class Connections {
  /** Beyond what a component may take by itself. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Surroundings in;
  private final List<Look> looks = new ArrayList<>();

  private Connections(Surroundings in) {
    this.in = in;
  }

  /**
   * Where it is done.
   *
   * @param root the base of relative paths
   * @param cage where files must lie
   * @param timeout what each component may take
   */
  public record Surroundings(
      Disk disk,
      Clock clock,
      Scheduler scheduler,
      Path root,
      Optional<Path> cage,
      Duration timeout) {}

  /** What a component finds. */
  @FunctionalInterface
  private interface Finding {
    List<Problem> in(Probe probe) throws IOException;
  }

  private record Look(
      String step,
      Origin origin,
      boolean source,
      Scheduler.Handle thread,
      AtomicReference<@Nullable List<Problem>> found) {}

  /** All that would keep a run from reading or writing, in no order; at the steps' places. */
  public static List<Problem> problems(LogicalPlan plan, Surroundings in)
      throws InterruptedException {
    Connections connections = new Connections(in);
    for (LogicalNode node : plan.nodes()) {
      OutsideLookups.in(node.operation()).forEach(lookup -> connections.ask(node, lookup));
      if (node.operation() instanceof Operation.Read read) {
        connections.read(node.step(), node.origin(), read);
      } else if (node.operation() instanceof Operation.Write write) {
        connections.write(node.step(), node.origin(), write.sink(), write.format(), node.schema());
      } else if (node.operation() instanceof RowOperations.Parse parse) {
        connections.start(node.step(), node.origin(), true, parse.format()::connect);
      }
    }
    for (Table table : plan.tables().values()) {
      table.read().ifPresent(read -> connections.read(table.name(), table.origin(), read));
    }
    if (plan.deadLetter().isPresent()) {
      DeadLetter letters = plan.deadLetter().get();
      connections.write(
          "dead_letter", letters.origin(), letters.sink(), letters.format(), DeadLetters.SCHEMA);
    }
    return connections.found();
  }

  private void read(String step, Origin origin, Operation.Read read) {
    start(step, origin, true, probe -> read.source().connect(probe, read.decoding().schema()));
    read.format().ifPresent(format -> start(step, origin, true, format::connect));
  }

  private void ask(LogicalNode node, Operation.OutsideLookup lookup) {
    Schema answer = lookup.answer().schema();
    start(node.step(), node.origin(), true, probe -> lookup.outside().connect(probe, answer));
    lookup
        .outside()
        .format()
        .ifPresent(format -> start(node.step(), node.origin(), true, format::connect));
  }

  private void write(
      String step, Origin origin, SinkConfig sink, Optional<FormatConfig> format, Schema rows) {
    start(step, origin, false, probe -> sink.connect(probe, rows));
    format.ifPresent(
        how ->
            start(
                step, origin, false, probe -> how.connectWritten(probe, sink.destination(), rows)));
  }

  private void start(String step, Origin origin, boolean source, Finding finding) {
    AtomicReference<@Nullable List<Problem>> found = new AtomicReference<>();
    Probe probe = new StepProbe(step, origin, in);
    Scheduler.Handle thread =
        in.scheduler()
            .start("connect-" + step, () -> found.set(look(step, origin, source, finding, probe)));
    looks.add(new Look(step, origin, source, thread, found));
  }

  private static List<Problem> look(
      String step, Origin origin, boolean source, Finding finding, Probe probe) {
    try {
      return finding.in(probe).stream().map(problem -> Broken.placed(origin, problem)).toList();
    } catch (PipelineException one) {
      return List.of(Broken.placed(origin, one.problem()));
    } catch (RuntimeException mistake) {
      return List.of(
          Problem.of(
              ProblemCode.R410,
              origin,
              "looking at `" + step + "` ended with " + mistake,
              "report it, with the pipeline file"));
    } catch (IOException met) {
      return List.of(
          Problem.of(
              source ? ProblemCode.R210 : ProblemCode.R310,
              origin,
              "`" + step + "` cannot be reached: " + Broken.reason(met),
              "mend what the message says"));
    }
  }

  private List<Problem> found() throws InterruptedException {
    long end = in.clock().nanos() + in.timeout().plus(GRACE).toNanos();
    List<Problem> all = new ArrayList<>();
    for (Look look : looks) {
      Duration left = Duration.ofNanos(Math.max(0, end - in.clock().nanos()));
      all.addAll(
          look.thread().await(left)
              ? Objects.requireNonNull(look.found().get())
              : List.of(silent(look)));
    }
    return all;
  }

  private Problem silent(Look look) {
    return Problem.of(
        look.source() ? Outage.SILENT.ofSource() : Outage.SILENT.ofSink(),
        look.origin(),
        "`" + look.step() + "` gave no answer in " + in.timeout().toSeconds() + " s",
        "check that it can be reached from here");
  }

  private record StepProbe(String step, Origin origin, Surroundings in) implements Probe {
    @Override
    public Disk disk() {
      return in.disk();
    }

    @Override
    public CagedFiles files() {
      return new CagedFiles(in.disk(), in.root(), in.cage(), origin);
    }

    @Override
    public Clock clock() {
      return in.clock();
    }

    @Override
    public Duration timeout() {
      return in.timeout();
    }

    @Override
    public Optional<Outage> reach(String host, int port) {
      return SystemNetwork.reach(host, port, in.timeout().dividedBy(2));
    }
  }
}
