package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Position;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes or moves files that were read to their end, once that is decided. A file that has changed
 * since stays. Used by one thread.
 */
final class DoneFiles {
  private final FileSourceConfig config;
  private final SourceContext run;
  private final Map<String, Finished> dealtWith = new HashMap<>();

  DoneFiles(FileSourceConfig config, SourceContext run) {
    this.config = config;
    this.run = run;
  }

  /** Makes the folder that files are moved to. */
  void open() throws IOException {
    Optional<String> folder = config.whenDone().flatMap(WhenDone::move);
    if (folder.isEmpty()) {
      return;
    }
    Path to = run.files().resolve(folder.get());
    SourceFiles files = new SourceFiles(config, run);
    List<Disk.Entry> now = files.now();
    for (Disk.Entry file : now) {
      if (files.takes(to.resolve(file.path().getFileName()))) {
        throw FileSource.problem(
            run,
            ProblemCode.E110,
            "`"
                + folder.get()
                + "` lies where files are looked for, so `"
                + run.files().shown(file.path())
                + "` would be read again once it is moved there",
            "move files to another folder, or leave it out with `exclude`");
      }
    }
    try {
      run.disk().createDirectories(to);
    } catch (IOException broken) {
      throw FileSource.problem(
          run,
          ProblemCode.R205,
          "`" + folder.get() + "` cannot be made: " + Reason.of(broken),
          "check the permissions of the folder above");
    }
    for (Disk.Entry file : now) {
      if (!run.disk().isOneFileSystem(file.path().resolveSibling(""), to)) {
        throw elsewhere(file.path(), folder.get());
      }
    }
  }

  private RuntimeException elsewhere(Path file, String folder) {
    return FileSource.problem(
        run,
        ProblemCode.E110,
        "`"
            + folder
            + "` lies on another file system than `"
            + run.files().shown(file)
            + "`, which cannot be moved there in one step",
        "move files to a folder on the same file system");
  }

  /** Deals with the files that the position says were read to their end. */
  void dealWith(Position decided) throws IOException {
    if (config.whenDone().map(WhenDone::keeps).orElse(true)) {
      return;
    }
    for (Map.Entry<String, String> entry : decided.evidence().entrySet()) {
      if (entry.getKey().startsWith(Finished.PREFIX)) {
        dealWith(entry.getKey().substring(Finished.PREFIX.length()), Finished.of(entry.getValue()));
      }
    }
  }

  private void dealWith(String name, Finished read) throws IOException {
    if (read.equals(dealtWith.get(name))) {
      return;
    }
    Path path = run.files().resolve(name);
    Optional<Disk.Entry> now = run.disk().entry(path);
    boolean same =
        now.isPresent()
            && now.get().size() == read.size()
            && now.get().modifiedMicros() == read.modifiedMicros();
    if (same) {
      remove(path);
    }
    dealtWith.put(name, read);
  }

  private void remove(Path path) throws IOException {
    Optional<String> folder = config.whenDone().flatMap(WhenDone::move);
    if (folder.isEmpty()) {
      run.disk().delete(path);
      gone(path);
      return;
    }
    Path to = run.files().resolve(folder.get());
    try {
      run.disk().rename(path, free(to, String.valueOf(path.getFileName())));
    } catch (AtomicMoveNotSupportedException e) {
      throw elsewhere(path, folder.get());
    }
    run.disk().forceDirectory(to);
    gone(path);
  }

  /** A file that came back with the power would be read as a new one. */
  private void gone(Path path) throws IOException {
    Path folder = path.getParent();
    if (folder != null) {
      run.disk().forceDirectory(folder);
    }
  }

  /** A name that nothing in the folder has. */
  private Path free(Path folder, String name) throws IOException {
    Path wanted = folder.resolve(name);
    for (int copy = 2; run.disk().entry(wanted).isPresent(); copy++) {
      wanted = folder.resolve(name + "." + copy);
    }
    return wanted;
  }
}
