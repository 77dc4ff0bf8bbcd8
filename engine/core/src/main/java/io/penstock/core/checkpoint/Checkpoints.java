package io.penstock.core.checkpoint;

import io.penstock.api.system.Disk;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The checkpoints and plans in a folder, by epoch. Used by one thread at a time. */
public final class Checkpoints {
  /** How many checkpoints are kept, to go back to. */
  public static final int KEPT = 3;

  private static final String POINT = "c-";
  private static final String PLAN = "p-";

  private final Disk disk;
  private final Path folder;
  private final SealedFile files;

  public Checkpoints(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
    this.files = new SealedFile(disk);
  }

  /** The epochs that have a checkpoint, whole or not. */
  public SortedSet<Long> epochs() throws IOException {
    return numbers(POINT);
  }

  /** The epochs that have a plan, whole or not. */
  public SortedSet<Long> plans() throws IOException {
    return numbers(PLAN);
  }

  private SortedSet<Long> numbers(String prefix) throws IOException {
    SortedSet<Long> numbers = new TreeSet<>();
    for (Disk.Entry entry : disk.list(folder)) {
      String name = String.valueOf(entry.path().getFileName());
      if (name.startsWith(prefix)) {
        number(name.substring(prefix.length())).ifPresent(numbers::add);
      }
    }
    return numbers;
  }

  private static Optional<Long> number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** The checkpoint of an epoch. */
  public Checkpoint read(long epoch) throws IOException {
    Checkpoint point =
        Codec.checkpoint(files.read(folder.resolve(POINT + epoch), Codec.CHECKPOINT));
    if (point.epoch() != epoch) {
      throw new DamagedException("`" + POINT + epoch + "` is the checkpoint of " + point.epoch());
    }
    return point;
  }

  /** The plan of an epoch. */
  public BatchPlan plan(long epoch) throws IOException {
    BatchPlan plan = Codec.plan(files.read(folder.resolve(PLAN + epoch), Codec.PLAN));
    if (plan.epoch() != epoch) {
      throw new DamagedException("`" + PLAN + epoch + "` is the plan of " + plan.epoch());
    }
    return plan;
  }

  /** Decides an epoch: when this returns, it counts, whatever happens. */
  public void decide(Checkpoint point, CrashPoints crashes) throws IOException {
    files.write(
        folder.resolve(POINT + point.epoch()),
        Codec.CHECKPOINT,
        to -> Codec.write(point, to),
        "checkpoint",
        crashes);
  }

  /** Writes down what a batch is going to read. */
  public void plan(BatchPlan plan, CrashPoints crashes) throws IOException {
    files.write(
        folder.resolve(PLAN + plan.epoch()),
        Codec.PLAN,
        to -> Codec.write(plan, to),
        "plan",
        crashes);
  }

  /**
   * Removes what no longer counts: temporary files. After it, what a former process has removed
   * does not come back.
   */
  public void removeTemporary() throws IOException {
    for (Disk.Entry entry : disk.list(folder)) {
      if (String.valueOf(entry.path().getFileName()).endsWith(".tmp")) {
        disk.delete(entry.path());
      }
    }
    disk.forceDirectory(folder);
  }

  /**
   * Removes checkpoints and plans that are older than the ones kept.
   *
   * @return the checkpoints that stay
   */
  public List<Long> retain() throws IOException {
    List<Long> epochs = List.copyOf(epochs());
    int gone = Math.max(0, epochs.size() - KEPT);
    for (long epoch : epochs.subList(0, gone)) {
      disk.delete(folder.resolve(POINT + epoch));
    }
    List<Long> left = epochs.subList(gone, epochs.size());
    for (long epoch : plans()) {
      if (!left.isEmpty() && epoch < left.get(0)) {
        disk.delete(folder.resolve(PLAN + epoch));
      }
    }
    return left;
  }

  /** Removes an epoch that does not count any more, because the run goes back before it. */
  public void remove(long epoch) throws IOException {
    disk.delete(folder.resolve(POINT + epoch));
    disk.forceDirectory(folder);
  }

  /** Removes a plan of which nothing is to be done. */
  public void removePlan(long epoch) throws IOException {
    disk.delete(folder.resolve(PLAN + epoch));
    disk.forceDirectory(folder);
  }
}
