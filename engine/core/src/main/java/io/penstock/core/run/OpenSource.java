package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.BatchPlan;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.Broken;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.system.CagedFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A source that is open, with the reader of all its splits. */
final class OpenSource implements AutoCloseable {
  private final LogicalNode node;
  private final Source source;
  private final Reader reader;
  // Replaced as a whole where new ones are found, since others look at it too.
  private volatile Map<Split, Bound> splits;
  private final Map<Split, Position> from;
  private boolean wentOn;
  private final Optional<Checkpoint.SourceState> ended;
  private final Warnings warnings;
  private final Clock clock;
  private long lookedNanos;
  private Set<String> paused = Set.of();

  private OpenSource(
      LogicalNode node, Source source, Reader reader, Assigned assigned, RunScope scope) {
    this.node = node;
    this.source = source;
    this.reader = reader;
    this.splits = assigned.bounds();
    this.from = assigned.from();
    this.ended = assigned.ended();
    this.warnings = scope.warnings();
    this.clock = scope.request().clock();
    this.lookedNanos = clock.nanos();
  }

  /** What a reader was given to read; nothing where the source had ended before. */
  private record Assigned(
      Map<Split, Bound> bounds,
      Map<Split, Position> from,
      Optional<Checkpoint.SourceState> ended) {}

  /**
   * Where reading begins and ends.
   *
   * @param fixedEnd whether it is read only up to where it ends now
   * @param before how far it was read by the run before
   * @param plan what a batch was going to read of it that was not decided
   */
  record Stretch(
      boolean fixedEnd,
      Optional<Checkpoint.SourceState> before,
      Optional<List<BatchPlan.SplitPlan>> plan) {
    /** Where a run begins that may keep state. */
    static Stretch of(boolean fixedEnd, Optional<Kept> kept, String step) {
      return new Stretch(
          fixedEnd,
          kept.flatMap(state -> state.source(step)),
          fixedEnd ? kept.flatMap(state -> state.pending(step)) : Optional.empty());
    }

    /** From the start. */
    static Stretch whole(boolean fixedEnd) {
      return new Stretch(fixedEnd, Optional.empty(), Optional.empty());
    }
  }

  /** Opens a source. */
  static OpenSource open(LogicalNode node, RunScope scope, Stretch stretch) {
    Operation.Read read = (Operation.Read) node.operation();
    Source source = read.source().source();
    List<AutoCloseable> open = new ArrayList<>(List.of(source));
    try {
      source.open(context(node, read, scope));
      Discovery found = source.discover(known(stretch));
      if (!found.problems().isEmpty()) {
        throw new PipelineException(Broken.placed(node, found.problems().get(0)));
      }
      Reader reader =
          source.reader(
              new ReaderNeeds(read, Gathering.of(scope, stretch.fixedEnd()))
                  .of(scope.request().clock()));
      open.add(0, reader);
      Map<Split, Position> starts = starts(stretch, found, source);
      Map<Split, Bound> bounds = new LinkedHashMap<>();
      for (Map.Entry<Split, Position> start : starts.entrySet()) {
        Bound to = end(node, read, source, start.getKey(), stretch);
        bounds.put(start.getKey(), to);
        reader.assign(start.getKey(), start.getValue(), to);
      }
      Assigned assigned =
          new Assigned(bounds, starts, stretch.before().filter(Checkpoint.SourceState::ended));
      OpenSource opened = new OpenSource(node, source, reader, assigned, scope);
      opened.warn();
      return opened;
    } catch (IOException e) {
      throw closed(open, Broken.source(node, e));
    } catch (PipelineException e) {
      throw closed(open, Broken.placed(node, e));
    }
  }

  private static SourceContext context(LogicalNode node, Operation.Read read, RunScope scope) {
    RunRequest request = scope.request();
    return new SourceContext(
        node.step(),
        request.disk(),
        new CagedFiles(request.disk(), request.root(), request.confine(), node.origin()),
        request.clock(),
        read.source().seed().orElse(scope.seed()),
        scope.meta(),
        request.input(),
        request.scheduler(),
        read.decoding().schema());
  }

  /** Closes what was opened in part. */
  private static PipelineException closed(List<AutoCloseable> open, PipelineException why) {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception also) {
        why.addSuppressed(also);
      }
    }
    return why;
  }

  private static List<SplitState> known(Stretch stretch) {
    List<SplitState> known = new ArrayList<>();
    stretch
        .before()
        .ifPresent(
            before ->
                before
                    .splits()
                    .forEach(
                        at ->
                            known.add(
                                new SplitState(new Split(at.split()), at.position(), at.ended()))));
    return known;
  }

  private static Map<Split, Position> starts(Stretch stretch, Discovery found, Source source)
      throws IOException {
    Map<Split, Position> starts = new LinkedHashMap<>();
    if (stretch.before().filter(Checkpoint.SourceState::ended).isPresent()) {
      return starts;
    }
    known(stretch).forEach(at -> starts.put(at.split(), at.position()));
    for (Split split : found.added()) {
      if (!starts.containsKey(split)) {
        starts.put(split, source.start(split));
      }
    }
    return starts;
  }

  private static Bound end(
      LogicalNode node, Operation.Read read, Source source, Split split, Stretch stretch)
      throws IOException {
    for (BatchPlan.SplitPlan planned : stretch.plan().orElse(List.of())) {
      if (planned.split().equals(split.id())) {
        return new Bound(planned.to());
      }
    }
    if (!stretch.fixedEnd() || read.source().traits().bounded()) {
      return Bound.NONE;
    }
    Bound end = source.end(split);
    if (end.equals(Bound.NONE)) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.E502,
              node.origin(),
              "`" + node.step() + "` has no end, so everything that is available never ends",
              "give it a `count`, or the run `--until`"));
    }
    return end;
  }

  /** What is known of the source without opening it. */
  SourceTraits traits() {
    return config().traits();
  }

  /** The splits that are read. */
  Set<String> splits() {
    return splits.keySet().stream().map(Split::id).collect(java.util.stream.Collectors.toSet());
  }

  LogicalNode node() {
    return node;
  }

  /** Looks for new splits once it is time; those found are read from now on. */
  Set<String> rediscover() throws IOException {
    Optional<Duration> every = config().rediscover();
    long now = clock.nanos();
    if (every.isEmpty() || wasEnded() || !ends() || now - lookedNanos < every.get().toNanos()) {
      return Set.of();
    }
    lookedNanos = now;
    List<SplitState> known = new ArrayList<>();
    splits.keySet().forEach(s -> known.add(new SplitState(s, reader.position(s), false)));
    Discovery found = source.discover(known);
    if (!found.problems().isEmpty()) {
      throw new PipelineException(Broken.placed(node, found.problems().get(0)));
    }
    Map<Split, Bound> all = new LinkedHashMap<>(splits);
    Set<String> added = new LinkedHashSet<>();
    for (Split split : found.added()) {
      if (all.putIfAbsent(split, Bound.NONE) == null) {
        reader.assign(split, source.start(split), Bound.NONE);
        added.add(split.id());
      }
    }
    splits = all;
    return added;
  }

  /** Reads on, and says what is odd. */
  Reader.Step next(Out out, Reader.Limits limits, Duration wait) throws IOException {
    try {
      return reader.next(out, limits, wait);
    } finally {
      warn();
    }
  }

  private void warn() {
    reader.warnings().forEach(odd -> warnings.add(node, odd));
  }

  /** How many bytes or records were read once more to come to where reading goes on. */
  long passedOver() {
    return reader.passedOver();
  }

  /** Whether it has nothing now only where it has nothing more up to its bound. */
  boolean isBound() {
    return traits().bounded() || !ends();
  }

  /** Reads nothing of these partitions for now, and all others. */
  void pause(Set<String> partitions) {
    if (partitions.equals(paused)) {
      return;
    }
    paused = Set.copyOf(partitions);
    Set<Split> ahead = new HashSet<>(splits.keySet());
    ahead.removeIf(split -> !paused.contains(partition(split.id())));
    reader.pause(ahead);
  }

  /** The partition that rows of a split are of. */
  String partition(String split) {
    return ((Operation.Read) node.operation()).partition(split);
  }

  /** What it is, with its options. */
  SourceConfig config() {
    return ((Operation.Read) node.operation()).source();
  }

  /** Whether it had nothing more to give in the run before. */
  boolean wasEnded() {
    return ended.isPresent();
  }

  /** Whether the end of what was given to the reader is the end of the source. */
  boolean ends() {
    return wasEnded() || splits.values().stream().allMatch(Bound.NONE::equals);
  }

  /**
   * How far it is read; only between two calls of the reader.
   *
   * @param reads when its partitions gave something last
   */
  Checkpoint.SourceState state(boolean atEnd, List<Checkpoint.LastRead> reads) {
    if (ended.isPresent()) {
      return ended.get();
    }
    List<Checkpoint.SplitPosition> at = new ArrayList<>();
    for (Split split : splits.keySet()) {
      at.add(new Checkpoint.SplitPosition(split.id(), reader.position(split), atEnd));
    }
    return new Checkpoint.SourceState(at, atEnd, reads);
  }

  /** What a batch reads of it that begins there; at the start where that is empty. */
  List<BatchPlan.SplitPlan> plan(Optional<Checkpoint.SourceState> at) {
    Map<Split, Position> begin = new LinkedHashMap<>(from);
    at.ifPresent(
        state -> state.splits().forEach(s -> begin.put(new Split(s.split()), s.position())));
    List<BatchPlan.SplitPlan> plan = new ArrayList<>();
    splits.forEach(
        (split, to) ->
            plan.add(
                new BatchPlan.SplitPlan(
                    split.id(), begin.getOrDefault(split, Position.START), to.offset())));
    return plan;
  }

  /** Whether nothing lay behind where reading began, and nothing was read since. */
  boolean isRead() {
    if (wentOn) {
      // Where reading began may be gone by now: files that are done with may be removed.
      return false;
    }
    OptionalLong left = left();
    return left.isPresent() && left.getAsLong() == 0;
  }

  /** How many bytes or records there are to read, where the source knows. */
  OptionalLong left() {
    try {
      return wasEnded() ? OptionalLong.of(0) : source.left(from);
    } catch (IOException e) {
      // For progress only.
      return OptionalLong.empty();
    }
  }

  /** The epoch is decided: everything before these positions is done. */
  void decided(long epoch, Checkpoint.SourceState upTo) {
    Map<Split, Position> at = new HashMap<>();
    upTo.splits().forEach(split -> at.put(new Split(split.split()), split.position()));
    wentOn |= !at.equals(from);
    try {
      source.decided(epoch, at);
    } catch (IOException e) {
      // Failing to acknowledge is no error: the source will offer the rows again.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      source.close();
    }
  }
}
