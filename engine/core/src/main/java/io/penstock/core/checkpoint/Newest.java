package io.penstock.core.checkpoint;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.state.DamagedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * The checkpoint to go on from: the newest one. Where it is damaged, the one before, if every sink
 * says that it has not gone further; never another one.
 */
public final class Newest {
  private final Checkpoints checkpoints;
  private final String pipeline;
  private final Optional<Checkpoint> checkpoint;
  private final Optional<BatchPlan> pending;
  private final Optional<DamagedException> damage;

  private Newest(
      Checkpoints checkpoints,
      String pipeline,
      Optional<Checkpoint> checkpoint,
      Optional<BatchPlan> pending,
      Optional<DamagedException> damage) {
    this.checkpoints = checkpoints;
    this.pipeline = pipeline;
    this.checkpoint = checkpoint;
    this.pending = pending;
    this.damage = damage;
  }

  public static Newest of(RunFolder folder, String pipeline) throws IOException {
    Checkpoints checkpoints = folder.checkpoints();
    List<Long> epochs = List.copyOf(checkpoints.epochs());
    if (epochs.isEmpty()) {
      return new Newest(
          checkpoints,
          pipeline,
          Optional.empty(),
          pending(checkpoints, pipeline, 0),
          Optional.empty());
    }
    long last = epochs.get(epochs.size() - 1);
    Optional<DamagedException> damage = Optional.empty();
    Checkpoint found;
    try {
      found = checkpoints.read(last);
    } catch (DamagedException e) {
      damage = Optional.of(e);
      found = before(checkpoints, pipeline, epochs, e);
    }
    if (!found.run().equals(folder.identity().run())) {
      throw problem(
          ProblemCode.R102,
          pipeline,
          "the checkpoint `c-" + found.epoch() + "` is another run's than `IDENTITY` names",
          "put the file back that belongs here, or begin anew with `--fresh`");
    }
    return new Newest(
        checkpoints,
        pipeline,
        Optional.of(found),
        damage.isPresent() ? planOf(checkpoints, last) : pending(checkpoints, pipeline, found),
        damage);
  }

  private static Checkpoint before(
      Checkpoints checkpoints, String pipeline, List<Long> epochs, DamagedException damage)
      throws IOException {
    long last = epochs.get(epochs.size() - 1);
    if (epochs.size() > 1 && epochs.get(epochs.size() - 2) == last - 1) {
      try {
        return checkpoints.read(last - 1);
      } catch (DamagedException e) {
        damage.addSuppressed(e);
      }
    }
    throw problem(
        ProblemCode.R104,
        pipeline,
        "no checkpoint is whole: " + damage.getMessage(),
        "`run-pipeline state verify` shows what is there; `--fresh` begins anew");
  }

  private static Optional<BatchPlan> planOf(Checkpoints checkpoints, long epoch)
      throws IOException {
    return checkpoints.plans().contains(epoch)
        ? Optional.of(checkpoints.plan(epoch))
        : Optional.empty();
  }

  private static Optional<BatchPlan> pending(
      Checkpoints checkpoints, String pipeline, Checkpoint decided) throws IOException {
    boolean planned = decided.mode().equals(Checkpoint.MICRO_BATCH);
    if (planned && !checkpoints.plans().contains(decided.epoch())) {
      throw problem(
          ProblemCode.R105,
          pipeline,
          "there is the checkpoint of batch " + decided.epoch() + " but not its plan",
          "put the file `p-" + decided.epoch() + "` back, or begin anew with `--fresh`");
    }
    return pending(checkpoints, pipeline, decided.epoch());
  }

  private static Optional<BatchPlan> pending(Checkpoints checkpoints, String pipeline, long decided)
      throws IOException {
    SortedSet<Long> later = checkpoints.plans().tailSet(decided + 1);
    if (!later.isEmpty() && later.last() > decided + 1) {
      throw problem(
          ProblemCode.R105,
          pipeline,
          "there is a plan of batch " + later.last() + " but the newest checkpoint is " + decided,
          "put the checkpoints in between back, or begin anew with `--fresh`");
    }
    return later.isEmpty() ? Optional.empty() : Optional.of(checkpoints.plan(decided + 1));
  }

  /** The checkpoint; empty where there is none yet. */
  public Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  /** The plan that was begun and not decided. */
  public Optional<BatchPlan> pending() {
    return pending;
  }

  /** Whether the newest one is damaged, and this is the one before. */
  public boolean isDamaged() {
    return damage.isPresent();
  }

  /**
   * All sinks agree: the damaged one goes, so that its number is used again. A plan behind it goes
   * first: nothing of it was done, and without its checkpoint it would stand alone.
   */
  public void accept() throws IOException {
    if (damage.isPresent()) {
      long gone = checkpoint.orElseThrow().epoch() + 1;
      for (long planned : checkpoints.plans().tailSet(gone + 1)) {
        checkpoints.removePlan(planned);
      }
      checkpoints.remove(gone);
    }
  }

  public Optional<String> warning() {
    return damage.map(
        e ->
            "the newest checkpoint is damaged ("
                + e.getMessage()
                + "); the run goes on from the one before, which no output has passed");
  }

  public PipelineException refused(String sink, OptionalLong outside) {
    String far =
        outside.isPresent()
            ? "has gone on to epoch " + outside.getAsLong()
            : "does not tell how far it is";
    return problem(
        ProblemCode.R104,
        pipeline,
        "the newest checkpoint is damaged ("
            + damage.map(Throwable::getMessage).orElse("")
            + "), and the sink `"
            + sink
            + "` "
            + far,
        "`run-pipeline state rewind --allow-duplicates` goes back, and writes some rows again");
  }

  private static PipelineException problem(
      ProblemCode code, String pipeline, String message, String hint) {
    return new PipelineException(Problem.of(code, Origin.file(pipeline), message, hint));
  }
}
