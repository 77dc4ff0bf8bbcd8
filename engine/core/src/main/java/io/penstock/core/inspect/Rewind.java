package io.penstock.core.inspect;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkTraits;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.checkpoint.RunFolder;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Takes a run back to an earlier epoch. Where sinks have gone further, the rows since are written
 * again, so that has to be allowed; the run then gets a new name, since what it wrote under the old
 * one is ahead of it. May be done again where it was broken off.
 */
public final class Rewind {
  private final RunFolder folder;
  private final String shown;

  private Rewind(RunFolder folder) {
    this.folder = folder;
    this.shown = folder.path().toString();
  }

  /**
   * What was done.
   *
   * @param gone the epochs that do not count any more
   * @param repeats sinks that get rows again
   */
  public record Result(List<Long> gone, List<String> repeats) {}

  /**
   * Goes back.
   *
   * @param folder held
   * @param epoch one that has a checkpoint, found whole
   * @param newName of the run, where sinks get rows again; 32 hex digits
   * @param duplicates whether sinks may get rows again
   * @throws PipelineException R104 where they would and may not
   */
  public static Result to(RunFolder folder, long epoch, String newName, boolean duplicates)
      throws IOException {
    return new Rewind(folder).to(epoch, newName, duplicates);
  }

  private Result to(long epoch, String newName, boolean duplicates) throws IOException {
    Checkpoints checkpoints = folder.checkpoints();
    Checkpoint target = checkpoints.read(epoch);
    SortedSet<Long> later = checkpoints.epochs().tailSet(epoch + 1);
    List<String> ahead = ahead(checkpoints, target, later);
    if (!ahead.isEmpty() && !duplicates) {
      throw refused(epoch, ahead);
    }
    List<Long> gone = new ArrayList<>(later);
    // The newest first: whatever is left by a crash is a state in which the run has been.
    for (int i = gone.size() - 1; i >= 0; i--) {
      checkpoints.remove(gone.get(i));
    }
    for (long plan : checkpoints.plans().tailSet(epoch + 1)) {
      checkpoints.removePlan(plan);
    }
    boolean renamed = !target.run().equals(folder.identity().run());
    if (!ahead.isEmpty() || renamed) {
      rename(checkpoints, target, newName, later.isEmpty());
    }
    return new Result(gone, ahead);
  }

  /** The sinks that have rows of later epochs, or may have. */
  private static List<String> ahead(
      Checkpoints checkpoints, Checkpoint target, SortedSet<Long> later) throws IOException {
    Map<String, Boolean> ahead = new LinkedHashMap<>();
    for (long epoch : later) {
      Optional<Checkpoint> point = read(checkpoints, epoch);
      if (point.isEmpty()) {
        target.sinks().keySet().forEach(sink -> ahead.put(sink, true));
        continue;
      }
      point
          .get()
          .sinks()
          .forEach(
              (sink, state) -> ahead.merge(sink, isAhead(sink, state, target), (a, b) -> a | b));
    }
    return ahead.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean isAhead(String sink, Checkpoint.SinkState state, Checkpoint target) {
    boolean immediate = state.kind().equals(SinkTraits.Kind.IMMEDIATE.name());
    return immediate || !state.staged().isEmpty() || state.committed() > target.epoch();
  }

  private static Optional<Checkpoint> read(Checkpoints checkpoints, long epoch) throws IOException {
    try {
      return Optional.of(checkpoints.read(epoch));
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  private void rename(Checkpoints checkpoints, Checkpoint target, String newName, boolean isNewest)
      throws IOException {
    Map<String, Checkpoint.SinkState> sinks = new LinkedHashMap<>();
    target
        .sinks()
        .forEach(
            (name, sink) ->
                sinks.put(
                    name,
                    // What a later epoch has followed is delivered.
                    new Checkpoint.SinkState(
                        sink.kind(), isNewest ? sink.staged() : List.of(), 0, sink.mark())));
    // Earlier checkpoints are the old run's: nobody may go back to them under the new name.
    for (long epoch : List.copyOf(checkpoints.epochs().headSet(target.epoch()))) {
      checkpoints.remove(epoch);
    }
    checkpoints.decide(
        new Checkpoint(
            target.epoch(),
            newName,
            target.engine(),
            target.print(),
            target.mode(),
            target.createdMicros(),
            Checkpoint.Ending.GOES_ON,
            target.slot(),
            target.sources(),
            target.stages(),
            sinks,
            target.tables(),
            target.counts()),
        CrashPoints.NONE);
    folder.rename(newName);
  }

  private PipelineException refused(long epoch, List<String> ahead) {
    return new PipelineException(
        Problem.of(
            ProblemCode.R104,
            Origin.file(shown),
            "`"
                + String.join("`, `", ahead)
                + "` "
                + (ahead.size() == 1 ? "has" : "have")
                + " gone on behind epoch "
                + epoch
                + ", and would get rows again",
            "`--allow-duplicates` goes back all the same"));
  }
}
