package io.penstock.core.checkpoint;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder in which one pipeline keeps its state: a lock, who the run is, its checkpoints, and
 * the files that they name. Held by one process at a time.
 */
public final class RunFolder implements AutoCloseable {
  private static final String LOCK = "LOCK";
  private static final String OWNER = "OWNER";
  private static final String IDENTITY = "IDENTITY";
  // While this is there, a begun removal of everything else is to be ended.
  private static final String EMPTYING = "EMPTYING";
  private static final List<String> FOLDERS = List.of("ck", "state", "spool", "spill");

  private final Disk disk;
  private final Path folder;
  private final Disk.Lock lock;
  private final Identity identity;

  private RunFolder(Disk disk, Path folder, Disk.Lock lock, Identity identity) {
    this.disk = disk;
    this.folder = folder;
    this.lock = lock;
    this.identity = identity;
  }

  /**
   * Who opens a folder.
   *
   * @param pipeline the pipeline's name
   * @param run the name of a run that begins here, if none did before
   * @param process what others are told who must wait
   * @param nowMicros wall time
   * @param engine the engine's version
   */
  public record Opening(
      String pipeline, String run, String process, long nowMicros, String engine) {}

  /**
   * Takes the folder, which is made where it is not there.
   *
   * @param fresh whether what is in it is removed first
   * @throws PipelineException where another process has it, or it is another pipeline's
   */
  public static RunFolder open(
      Disk disk, Path folder, Opening who, boolean fresh, CrashPoints crashes) throws IOException {
    disk.createDirectories(folder);
    Disk.Lock lock = lock(disk, folder, who);
    try {
      own(disk, folder, who);
      if (fresh || disk.entry(folder.resolve(EMPTYING)).isPresent()) {
        empty(disk, folder);
      }
      for (String name : FOLDERS) {
        disk.createDirectories(folder.resolve(name));
      }
      Identity identity = identity(disk, folder, who, crashes);
      settle(disk, folder);
      removeTemporary(disk, folder);
      return new RunFolder(disk, folder, lock, identity);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Disk.Lock lock(Disk disk, Path folder, Opening who) throws IOException {
    Optional<Disk.Lock> lock = disk.lock(folder.resolve(LOCK));
    if (lock.isEmpty()) {
      throw problem(
          ProblemCode.R101,
          who,
          "`"
              + who.pipeline()
              + "` runs already, as "
              + owner(disk, folder)
              + ", with the state in `"
              + folder
              + "`",
          "stop that one first, or give this one another `--state`");
    }
    return lock.get();
  }

  private static String owner(Disk disk, Path folder) {
    try (Disk.Reading reading = disk.read(folder.resolve(OWNER))) {
      byte[] bytes = new byte[256];
      int count = Math.max(0, reading.read(0, bytes, 0, bytes.length));
      return new String(bytes, 0, count, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "another process";
    }
  }

  // The lock's own file is never opened again: closing it would let go of the lock.
  private static void own(Disk disk, Path folder, Opening who) throws IOException {
    byte[] text = who.process().getBytes(StandardCharsets.UTF_8);
    try (Disk.Writing writing = disk.create(folder.resolve(OWNER))) {
      writing.write(text, 0, text.length);
    }
  }

  private static void empty(Disk disk, Path folder) throws IOException {
    try (Disk.Writing mark = disk.create(folder.resolve(EMPTYING))) {
      mark.force();
    }
    disk.forceDirectory(folder);
    disk.delete(folder.resolve(IDENTITY));
    for (String name : FOLDERS) {
      for (Disk.Entry entry : disk.list(folder.resolve(name))) {
        disk.delete(entry.path());
      }
      if (disk.entry(folder.resolve(name)).isPresent()) {
        disk.forceDirectory(folder.resolve(name));
      }
    }
    disk.forceDirectory(folder);
    disk.delete(folder.resolve(EMPTYING));
    disk.forceDirectory(folder);
  }

  private static Identity identity(Disk disk, Path folder, Opening who, CrashPoints crashes)
      throws IOException {
    Path file = folder.resolve(IDENTITY);
    boolean used = !new Checkpoints(disk, folder.resolve("ck")).epochs().isEmpty();
    if (disk.entry(file).isEmpty()) {
      if (used) {
        throw foreign(who, folder, "has checkpoints but no file `IDENTITY`");
      }
      return create(disk, file, who, crashes);
    }
    Identity found;
    try {
      found = Identity.read(new SealedFile(disk).read(file, Identity.KIND));
    } catch (NewerFormatException e) {
      throw StateProblems.of(who.pipeline(), e);
    } catch (DamagedException e) {
      throw foreign(who, folder, "has a damaged `IDENTITY`: " + e.getMessage());
    }
    if (!found.pipeline().equals(who.pipeline())) {
      throw foreign(who, folder, "belongs to the pipeline `" + found.pipeline() + "`");
    }
    return found;
  }

  private static Identity create(Disk disk, Path file, Opening who, CrashPoints crashes)
      throws IOException {
    Identity made = new Identity(who.pipeline(), who.run(), who.nowMicros(), who.engine());
    new SealedFile(disk).write(file, Identity.KIND, made::write, "identity", crashes);
    return made;
  }

  /**
   * Makes the names durable that are found: a former process may have ended between a rename and
   * the force that makes it last, and what is decided here must not vanish once others saw it.
   */
  private static void settle(Disk disk, Path folder) throws IOException {
    disk.forceDirectory(folder.resolve("ck"));
    for (Path up = folder; up != null; up = up.getParent()) {
      try {
        disk.forceDirectory(up);
      } catch (AccessDeniedException e) {
        // What may not be opened was not made for this run.
        break;
      }
    }
  }

  private static void removeTemporary(Disk disk, Path folder) throws IOException {
    for (Disk.Entry entry : disk.list(folder)) {
      if (String.valueOf(entry.path().getFileName()).endsWith(".tmp")) {
        disk.delete(entry.path());
      }
    }
    for (Disk.Entry entry : disk.list(folder.resolve("spill"))) {
      disk.delete(entry.path());
    }
  }

  private static PipelineException foreign(Opening who, Path folder, String what) {
    return problem(
        ProblemCode.R102,
        who,
        "the state folder `" + folder + "` " + what,
        "put the file back, take another `--state`, or begin anew with `--fresh`");
  }

  private static PipelineException problem(
      ProblemCode code, Opening who, String message, String hint) {
    return new PipelineException(Problem.of(code, Origin.file(who.pipeline()), message, hint));
  }

  /** Who the run is. */
  public Identity identity() {
    return identity;
  }

  /** Gives the run another name, so that what it has written under the old one is not its own. */
  public void rename(String run) throws IOException {
    Identity made =
        new Identity(identity.pipeline(), run, identity.createdMicros(), identity.engine());
    new SealedFile(disk)
        .write(folder.resolve(IDENTITY), Identity.KIND, made::write, "identity", CrashPoints.NONE);
  }

  /** Its checkpoints and plans. */
  public Checkpoints checkpoints() {
    return new Checkpoints(disk, folder.resolve("ck"));
  }

  /** Where files of state lie. */
  public Path states() {
    return folder.resolve("state");
  }

  /** Where rows wait for spooled sinks. */
  public Path spools() {
    return folder.resolve("spool");
  }

  /** Where steps put what memory does not hold; empty at the start of a run. */
  public Path spills() {
    return folder.resolve("spill");
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
