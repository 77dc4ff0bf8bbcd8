package io.penstock.core.run;

import io.penstock.api.option.Template;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.BatchPlan;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Delivered;
import io.penstock.core.checkpoint.Leftovers;
import io.penstock.core.checkpoint.Newest;
import io.penstock.core.checkpoint.RunFolder;
import io.penstock.core.checkpoint.SpoolWriter;
import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.operator.Operator;
import io.penstock.core.physical.StepKey;
import io.penstock.core.runner.CrashPoint;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.core.upgrade.PlanPrint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one run keeps on the disk: where the run before it stood, and what this one decides. Opened
 * and told of decisions by the supervisor; operators leave their state from their own tasks.
 */
final class Kept implements Snapshots {
  private final RunFolder folder;
  private final RunRequest request;
  private final SegmentFolder segments;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final String pipeline;
  private final Newest newest;
  private final Optional<Checkpoint> from;
  private final Optional<BatchPlan> pending;
  private final Optional<Long> slot;
  private final boolean reads;
  private final Leftovers leftovers;
  private final Carried carried;
  private final Delivered delivered;
  private final byte[] print;
  private final Set<String> anew;
  private final boolean readsWhole;
  private volatile Optional<Checkpoint> latest;
  private boolean unsure;

  /**
   * Goes on from the newest checkpoint of a folder.
   *
   * @param occasion what this run is for
   */
  Kept(RunFolder folder, LogicalPlan plan, RunRequest request, Occasion occasion)
      throws IOException {
    this.folder = folder;
    this.request = request;
    this.pipeline = plan.name();
    this.segments = new SegmentFolder(request.disk(), folder.states());
    for (LogicalNode node : plan.nodes()) {
      numbers.put(StepKey.of(node).shown(), numbers.size());
    }
    this.newest = Newest.of(folder, pipeline);
    this.from = newest.checkpoint();
    this.latest = from;
    this.pending = newest.pending();
    this.slot = pending.isPresent() ? pending.get().slot() : occasion.slot();
    Set<String> whole = BelowBounded.of(plan);
    this.readsWhole = !whole.isEmpty();
    this.anew = begins(occasion) ? whole : Set.of();
    this.reads = occasion.reads() || pending.isPresent();
    this.carried = Carried.of(from, plan, request.kept().orElseThrow().changes());
    this.print = PlanPrint.of(plan).bytes();
    this.leftovers = new Leftovers(request.disk(), folder, segments);
    leftovers.begin();
    this.delivered = new Delivered(request.disk(), folder.spools());
  }

  /** Where steps put what memory does not hold. */
  Path spills() {
    return folder.spills();
  }

  /** The run's name. */
  String run() {
    return folder.identity().run();
  }

  /** The epoch that is decided first. */
  long firstEpoch() {
    return from.map(point -> point.epoch() + 1).orElse(1L);
  }

  /** Where the run before stood; empty where this is the first. */
  Optional<Checkpoint> from() {
    return from;
  }

  /** Whether anything is to be read, or only to be made visible. */
  boolean reads() {
    return reads;
  }

  /** Whether a slot begins: with what is to be done now, or with the batch that was begun. */
  private boolean begins(Occasion occasion) {
    return pending.isEmpty()
        ? occasion.begins()
        : pending.get().slot().isPresent()
            && !pending.get().slot().equals(from.flatMap(Checkpoint::slot));
  }

  /** Whether all sources had been read to their end, and are not read anew. */
  boolean isFinished() {
    return anew.isEmpty()
        && pending.isEmpty()
        && from.filter(p -> p.ending() == Checkpoint.Ending.FINISHED).isPresent();
  }

  /** Whether a batch of a slot was begun, or some of the slot's rows are still to be read. */
  boolean isUnderWay() {
    return pending.isPresent()
        || readsWhole
            && from.filter(p -> p.slot().isPresent() && p.ending() != Checkpoint.Ending.FINISHED)
                .isPresent();
  }

  /** The last slot that a batch was planned for, decided or not. */
  Optional<Instant> recordedSlot() {
    return pending
        .flatMap(BatchPlan::slot)
        .or(() -> from.flatMap(Checkpoint::slot))
        .map(at -> Instant.EPOCH.plus(at, ChronoUnit.MICROS));
  }

  CrashPoints crashes() {
    return request.crashes();
  }

  /** The slot that this run is for. */
  Optional<Long> slot() {
    return slot;
  }

  /** Where rows wait for sinks. */
  Path spools() {
    return folder.spools();
  }

  /** A writer that keeps a sink's rows until the decision. */
  SinkWriter spool(String sink, List<Template> templates) {
    int inside = request.kept().orElseThrow().mostInside();
    return new SpoolWriter(request.disk(), folder.spools(), sink, templates, firstEpoch(), inside);
  }

  /** What came back of a delivery that is known to be through. */
  Optional<Rejects> delivered(String sink, Staged spool) {
    return delivered.of(sink, spool);
  }

  /** A delivery is through. */
  void delivered(String sink, Staged spool, Rejects rejects) {
    try {
      delivered.note(sink, spool, rejects);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** How far a source is read by what is decided. */
  Optional<Checkpoint.SourceState> source(String step) {
    boolean again = anew.contains(step) && latest.equals(from);
    return again ? Optional.empty() : before(step);
  }

  private Optional<Checkpoint.SourceState> before(String step) {
    if (!latest.equals(from)) {
      return latest.map(point -> point.sources().get(step));
    }
    return carried.source(step).flatMap(name -> from.map(point -> point.sources().get(name)));
  }

  /** What was said of a sink by the run before. */
  Optional<Checkpoint.SinkState> sink(String name) {
    return carried.sink(name).flatMap(former -> from.map(point -> point.sinks().get(former)));
  }

  /** The plan of an epoch that was begun and not decided. */
  Optional<BatchPlan> pending(long epoch) {
    return pending.filter(plan -> plan.epoch() == epoch);
  }

  /** What the plan that was begun and not decided says of a source. */
  Optional<List<BatchPlan.SplitPlan>> pending(String source) {
    return pending.map(plan -> plan.sources().get(source));
  }

  /** Whether there was a batch that was begun and not decided. */
  boolean hadPending() {
    return pending.isPresent();
  }

  /** Writes down what a batch is going to read. */
  void plan(BatchPlan plan) {
    try {
      folder.checkpoints().plan(plan, request.crashes());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Compares what the outside has with what was decided, before anything is made visible.
   *
   * @throws PipelineException where a sink has gone further
   */
  void fence(List<OpenSink> sinks) throws PipelineException {
    long decided = firstEpoch() - 1;
    for (OpenSink sink : sinks) {
      if (sink.kind() == SinkTraits.Kind.IMMEDIATE) {
        continue;
      }
      OptionalLong outside = sink.lastEpoch();
      if (newest.isDamaged() && (outside.isEmpty() || outside.getAsLong() > decided)) {
        throw newest.refused(sink.node().step(), outside);
      }
      if (outside.isPresent() && outside.getAsLong() > decided) {
        throw new PipelineException(
            Problem.of(
                ProblemCode.R301,
                sink.node().origin(),
                "the output of `"
                    + sink.node().step()
                    + "` has epoch "
                    + outside.getAsLong()
                    + " of this run, and this state only "
                    + decided,
                "another process runs with a copy of this state: stop one of them"));
      }
    }
    try {
      newest.accept();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What is odd about what was found, for the summary. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(carried.warnings());
    newest.warning().ifPresent(warnings::add);
    return warnings;
  }

  /** What the log says of an edit of the pipeline. */
  List<String> log() {
    return carried.log(firstEpoch());
  }

  @Override
  public Checkpoint.StageState take(long epoch, String step, Operator operator) {
    try {
      SegmentWriter writer = segments.writer(epoch, String.valueOf(numbers.getOrDefault(step, -1)));
      operator.snapshot(writer);
      request.crashes().reached(CrashPoint.OPERATOR_SNAPSHOT);
      return new Checkpoint.StageState(writer.segments(), false);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void give(String step, Operator operator) {
    Optional<Checkpoint.StageState> state = stage(step);
    if (state.isPresent() && !state.get().segments().isEmpty()) {
      try {
        operator.restore(segments.reader(state.get().segments()));
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  @Override
  public List<Checkpoint.PartitionTime> times(String step) {
    return stage(step).map(Checkpoint.StageState::times).orElse(List.of());
  }

  @Override
  public boolean wasFinished(String step) {
    return stage(step).filter(Checkpoint.StageState::finished).isPresent();
  }

  private Optional<Checkpoint.StageState> stage(String step) {
    return anew.contains(step)
        ? Optional.empty()
        : carried.stage(step).flatMap(name -> from.map(point -> point.stages().get(name)));
  }

  /** Decides the epoch. */
  void decide(long epoch, List<Part> parts, Map<String, Checkpoint.SinkState> sinks, Decision how) {
    Map<String, Checkpoint.SourceState> sources = new HashMap<>();
    Map<String, Checkpoint.StageState> stages = new HashMap<>();
    Map<String, Checkpoint.Counts> counts = new HashMap<>();
    from.ifPresent(point -> counts.putAll(point.counts()));
    for (Part part : parts) {
      sources.putAll(part.sources());
      stages.putAll(part.stages());
      part.counts().forEach((step, count) -> counts.merge(step, count, Checkpoint.Counts::plus));
    }
    Checkpoint point =
        new Checkpoint(
            epoch,
            run(),
            folder.identity().engine(),
            print,
            how.mode(),
            request.clock().micros(),
            how.ending(),
            slot.or(() -> latest.flatMap(Checkpoint::slot)),
            sources,
            stages,
            sinks,
            how.tables(),
            counts);
    try {
      if (stages.values().stream().anyMatch(state -> !state.segments().isEmpty())) {
        segments.force();
      }
      request.crashes().reached(CrashPoint.ALL_PREPARED);
      unsure = true;
      folder.checkpoints().decide(point, request.crashes());
      unsure = false;
    } catch (IOException e) {
      throw broken(e);
    }
    latest = Optional.of(point);
  }

  /**
   * Whether writing the last decision failed, so that nobody knows whether it counts: then what the
   * sinks have staged must stay for the run that finds out.
   */
  boolean isUnsure() {
    return unsure;
  }

  /**
   * How an epoch is decided.
   *
   * @param tables the versions of the tables, in words
   */
  record Decision(String mode, Checkpoint.Ending ending, Map<String, String> tables) {}

  /** Removes what nothing needs any more, now that an epoch is decided and made visible. */
  void tidy() {
    request.crashes().reached(CrashPoint.SOURCES_ACKNOWLEDGED);
    try {
      leftovers.tidy(latest.orElseThrow(), request.clock().nanos());
      request.crashes().reached(CrashPoint.TIDIED);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The state cannot be written or read. */
  PipelineException broken(IOException e) {
    return StateProblems.of(pipeline, e);
  }

  Path path() {
    return folder.path();
  }

  OptionalLong latestEpoch() {
    return latest.isPresent() ? OptionalLong.of(latest.get().epoch()) : OptionalLong.empty();
  }
}
