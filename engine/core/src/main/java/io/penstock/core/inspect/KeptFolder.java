package io.penstock.core.inspect;

import io.penstock.api.system.Disk;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.checkpoint.Identity;
import io.penstock.core.state.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of a run as others may look at it: nothing is locked, made or changed, so that a run
 * may go on meanwhile. What it has just removed is then missing here.
 */
public final class KeptFolder {
  private static final String IDENTITY = "IDENTITY";
  private static final String POINTS = "ck";

  private final Disk disk;
  private final Path folder;

  private KeptFolder(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** The folders of runs at a path: it is one itself, or it holds some. */
  public static List<KeptFolder> at(Disk disk, Path path) throws IOException {
    if (isOne(disk, path)) {
      return List.of(new KeptFolder(disk, path));
    }
    List<KeptFolder> found = new ArrayList<>();
    for (Disk.Entry entry : disk.list(path)) {
      if (entry.kind() == Disk.Entry.Kind.DIRECTORY && isOne(disk, entry.path())) {
        found.add(new KeptFolder(disk, entry.path()));
      }
    }
    return found;
  }

  private static boolean isOne(Disk disk, Path path) throws IOException {
    return disk.entry(path.resolve(IDENTITY)).isPresent()
        || disk.entry(path.resolve(POINTS)).isPresent();
  }

  public Path path() {
    return folder;
  }

  /** Whose state it is. */
  public Identity identity() throws IOException {
    Path file = folder.resolve(IDENTITY);
    if (disk.entry(file).isEmpty()) {
      throw new DamagedException("there is no `" + IDENTITY + "`");
    }
    return Identity.read(disk, file);
  }

  /** Its checkpoints and plans, to be read only. */
  public Checkpoints checkpoints() {
    return new Checkpoints(disk, folder.resolve(POINTS));
  }

  /** Where the files of steps' states lie. */
  public Path states() {
    return folder.resolve("state");
  }

  /** Where rows wait for sinks. */
  public Path spools() {
    return folder.resolve("spool");
  }

  /** All its files but those that only a running process needs. */
  public List<Disk.Entry> files() throws IOException {
    List<Disk.Entry> files = new ArrayList<>();
    for (String name : List.of(POINTS, "state", "spool")) {
      files.addAll(disk.list(folder.resolve(name)));
    }
    disk.entry(folder.resolve(IDENTITY)).ifPresent(files::add);
    return files;
  }
}
