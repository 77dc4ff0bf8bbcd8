package io.penstock.core.inspect;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.core.checkpoint.BatchPlan;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.checkpoint.Identity;
import io.penstock.core.checkpoint.NewerFormatException;
import io.penstock.core.checkpoint.Spool;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads every byte of a run's folder and compares it with what was written. Used once.
 *
 * <p>Found: checkpoints, plans, states and spools that are damaged or missing; numbers that do not
 * follow each other; the identity of another run; files that nothing names.
 */
public final class Verification {
  private static final String HINT =
      "`run-pipeline state rewind` goes back to an epoch that is whole";

  private final Disk disk;
  private final KeptFolder folder;
  private final SegmentFolder segments;
  private final List<Problem> problems = new ArrayList<>();
  private final SortedSet<Long> whole = new TreeSet<>();
  private final SortedSet<String> named = new TreeSet<>();
  private final Map<String, Optional<String>> looked = new HashMap<>();
  private Optional<Identity> identity = Optional.empty();

  private Verification(Disk disk, KeptFolder folder) {
    this.disk = disk;
    this.folder = folder;
    this.segments = new SegmentFolder(disk, folder.states());
  }

  /**
   * What was found.
   *
   * @param whole the epochs of which everything is there and right
   * @param files how many files were read
   * @param unnamed files that no checkpoint names: remains of a crash, removed by the next start
   */
  public record Result(
      List<Problem> problems, SortedSet<Long> whole, int files, List<String> unnamed) {}

  /** Looks at everything. */
  public static Result of(Disk disk, KeptFolder folder) throws IOException {
    return new Verification(disk, folder).result();
  }

  private Result result() throws IOException {
    identity();
    Checkpoints checkpoints = folder.checkpoints();
    SortedSet<Long> epochs = checkpoints.epochs();
    boolean first = true;
    long before = 0;
    for (long epoch : epochs) {
      if (!first && epoch != before + 1) {
        add(
            ProblemCode.R105,
            "c-" + epoch,
            "the checkpoints go from " + before + " to " + epoch,
            "put the files in between back, or begin anew with `--fresh`");
      }
      first = false;
      before = epoch;
      epoch(checkpoints, epoch);
    }
    plans(checkpoints, epochs);
    return new Result(problems, whole, folder.files().size(), unnamed());
  }

  private void identity() throws IOException {
    try {
      identity = Optional.of(folder.identity());
    } catch (NewerFormatException e) {
      add(ProblemCode.R108, "IDENTITY", "`IDENTITY` " + e.getMessage(), "use a later version");
    } catch (DamagedException e) {
      add(
          ProblemCode.R102,
          "IDENTITY",
          String.valueOf(e.getMessage()),
          "put the file back, or begin anew with `--fresh`");
    }
  }

  private void epoch(Checkpoints checkpoints, long epoch) throws IOException {
    String name = "c-" + epoch;
    Checkpoint point;
    try {
      point = checkpoints.read(epoch);
    } catch (NewerFormatException e) {
      add(ProblemCode.R108, name, "`" + name + "` " + e.getMessage(), "use a later version");
      return;
    } catch (DamagedException e) {
      add(ProblemCode.R104, name, String.valueOf(e.getMessage()), HINT);
      return;
    }
    boolean good = true;
    if (identity.isPresent() && !identity.get().run().equals(point.run())) {
      add(
          ProblemCode.R102,
          name,
          "`" + name + "` is another run's than `IDENTITY` names",
          "put the file back that belongs here, or begin anew with `--fresh`");
      good = false;
    }
    for (Checkpoint.StageState stage : point.stages().values()) {
      for (Segment segment : stage.segments()) {
        good &= segment(name, segment);
      }
    }
    for (Checkpoint.SinkState sink : point.sinks().values()) {
      for (Staged staged : sink.staged()) {
        good &= !Spool.is(staged) || spool(name, staged, isNewest(checkpoints, epoch));
      }
    }
    if (good) {
      whole.add(epoch);
    }
  }

  private static boolean isNewest(Checkpoints checkpoints, long epoch) throws IOException {
    return checkpoints.epochs().last() == epoch;
  }

  private boolean segment(String epoch, Segment segment) throws IOException {
    if (!(segment instanceof Segment.InFile file)) {
      return true;
    }
    named.add(file.name());
    return file(epoch, folder.states().resolve(file.name()), () -> segments.verify(segment));
  }

  private boolean spool(String epoch, Staged staged, boolean needed) throws IOException {
    Path file = folder.spools().resolve(Spool.name(staged));
    if (!Spool.isInFile(staged)) {
      return inside(epoch, file, staged);
    }
    named.add(Spool.name(staged));
    // What an earlier epoch has handed over is delivered, and may be gone.
    return !needed && disk.entry(file).isEmpty()
        || file(epoch, file, () -> Spool.verify(disk, file, staged));
  }

  /** Of the bytes the checkpoint's own checksum has told already; these are of the rows. */
  private boolean inside(String epoch, Path file, Staged staged) throws IOException {
    try {
      Spool.verify(disk, file, staged);
      return true;
    } catch (DamagedException e) {
      add(ProblemCode.R103, epoch, String.valueOf(e.getMessage()), HINT);
      return false;
    }
  }

  private interface Look {
    void run() throws IOException;
  }

  private boolean file(String epoch, Path file, Look look) throws IOException {
    String name = String.valueOf(file.getFileName());
    Optional<String> known = looked.get(name);
    if (known == null) {
      known = Optional.empty();
      if (disk.entry(file).isEmpty()) {
        known = Optional.of("`" + name + "`, which `" + epoch + "` needs, is gone");
      } else {
        try {
          look.run();
        } catch (DamagedException e) {
          known = Optional.of(String.valueOf(e.getMessage()));
        }
      }
      looked.put(name, known);
      known.ifPresent(what -> add(ProblemCode.R103, name, what, HINT));
    }
    return known.isEmpty();
  }

  private void plans(Checkpoints checkpoints, SortedSet<Long> epochs) throws IOException {
    SortedSet<Long> plans = checkpoints.plans();
    for (long epoch : plans) {
      String name = "p-" + epoch;
      try {
        BatchPlan read = checkpoints.plan(epoch);
        if (read.epoch() != epoch) {
          add(ProblemCode.R105, name, "`" + name + "` is of " + read.epoch(), HINT);
        }
      } catch (NewerFormatException e) {
        add(ProblemCode.R108, name, "`" + name + "` " + e.getMessage(), "use a later version");
      } catch (DamagedException e) {
        add(ProblemCode.R104, name, String.valueOf(e.getMessage()), HINT);
      }
    }
    long last = epochs.isEmpty() ? 0 : epochs.last();
    if (!plans.isEmpty() && plans.last() > last + 1) {
      add(
          ProblemCode.R105,
          "p-" + plans.last(),
          "there is a plan of batch " + plans.last() + " but the newest checkpoint is " + last,
          "put the checkpoints in between back, or begin anew with `--fresh`");
    }
    if (whole.contains(last)
        && checkpoints.read(last).mode().equals(Checkpoint.MICRO_BATCH)
        && !plans.contains(last)) {
      add(
          ProblemCode.R105,
          "c-" + last,
          "there is the checkpoint of batch " + last + " but not its plan",
          "put the file `p-" + last + "` back, or begin anew with `--fresh`");
    }
  }

  private List<String> unnamed() throws IOException {
    List<String> unnamed = new ArrayList<>();
    for (Disk.Entry entry : folder.files()) {
      String name = String.valueOf(entry.path().getFileName());
      boolean known =
          name.equals("IDENTITY")
              || named.contains(name)
              || !name.endsWith(".tmp") && (name.startsWith("c-") || name.startsWith("p-"));
      if (!known) {
        unnamed.add(name);
      }
    }
    return unnamed;
  }

  private void add(ProblemCode code, String file, String message, String hint) {
    problems.add(
        Problem.of(
            code, Origin.file(folder.path().resolve(place(file)).toString()), message, hint));
  }

  private String place(String file) {
    boolean point = file.startsWith("c-") || file.startsWith("p-");
    return file.equals("IDENTITY")
        ? file
        : (point ? "ck/" : file.startsWith("s-") ? "state/" : "spool/") + file;
  }
}
