package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the files that the options name, in the order of their names. */
final class SourceFiles {
  private static final List<Path> MADE_BY_THE_SYSTEM = List.of(Path.of("/proc"), Path.of("/sys"));
  private static final String HINT_ROOT = "paths are relative to ";

  private final FileSourceConfig config;
  private final SourceContext run;

  SourceFiles(FileSourceConfig config, SourceContext run) {
    this.config = config;
    this.run = run;
  }

  /** The files there are; a path or a pattern without any is an error. */
  List<Disk.Entry> all() throws IOException {
    return find(true);
  }

  /** The files there are now, be it none. */
  List<Disk.Entry> now() throws IOException {
    return find(false);
  }

  private List<Disk.Entry> find(boolean wanted) throws IOException {
    Set<Path> found = new TreeSet<>();
    for (String path : config.path().values()) {
      find(path, found, wanted);
    }
    for (String path : config.exclude()) {
      Glob excluded = Glob.of(path, run.files());
      found.removeIf(excluded::matches);
    }
    List<Disk.Entry> files = new ArrayList<>();
    for (Path path : found) {
      readable(path, wanted).filter(this::young).ifPresent(files::add);
    }
    if (files.isEmpty() && wanted) {
      throw problem(ProblemCode.R204, "no file is found for " + named(), HINT_ROOT + root());
    }
    return files;
  }

  private void find(String path, Set<Path> found, boolean wanted) throws IOException {
    if (!Glob.isPattern(path)) {
      found.add(run.files().resolve(path));
      return;
    }
    Set<Path> matches = new TreeSet<>();
    Glob.of(path, run.files()).find(run.disk(), matches);
    if (matches.isEmpty() && wanted) {
      throw problem(ProblemCode.R204, "no file matches `" + path + "`", HINT_ROOT + root());
    }
    for (Path match : matches) {
      // Through the cage, because a link may lead out of it.
      found.add(run.files().resolve(match.toString()));
    }
  }

  private boolean young(Disk.Entry file) {
    return config.ignoreOlder().isEmpty()
        || run.clock().micros() - file.modifiedMicros()
            <= config.ignoreOlder().get().toNanos() / 1000;
  }

  private Optional<Disk.Entry> readable(Path path, boolean wanted) throws IOException {
    String shown = run.files().shown(path);
    Path real = run.disk().real(path);
    if (MADE_BY_THE_SYSTEM.stream().anyMatch(real::startsWith)) {
      throw problem(
          ProblemCode.R205,
          "`" + shown + "` is not kept on a disk: the system makes it as it is read",
          "copy it to a file first");
    }
    Optional<Disk.Entry> entry = run.disk().entry(path);
    if (entry.isEmpty() && !wanted) {
      return entry;
    }
    if (entry.isEmpty()) {
      throw problem(ProblemCode.R204, "there is no file `" + shown + "`", HINT_ROOT + root());
    }
    return switch (entry.get().kind()) {
      case FILE -> entry;
      case DIRECTORY ->
          throw problem(
              ProblemCode.R205,
              "`" + shown + "` is a directory, not a file",
              "write `" + shown + "/*` for the files in it");
      case SPECIAL ->
          throw problem(
              ProblemCode.R205,
              "`" + shown + "` is a device or a pipe, not a file",
              "copy it to a file, or read standard input with `console`");
    };
  }

  /** Whether a file of this path would be read. */
  boolean takes(Path path) throws IOException {
    for (String excluded : config.exclude()) {
      if (Glob.of(excluded, run.files()).matches(path)) {
        return false;
      }
    }
    for (String wanted : config.path().values()) {
      if (Glob.of(wanted, run.files()).matches(path)) {
        return true;
      }
    }
    return false;
  }

  private String named() {
    return "`" + String.join("`, `", config.path().values()) + "`";
  }

  private Path root() {
    return run.files().root();
  }

  private RuntimeException problem(ProblemCode code, String message, String hint) {
    return FileSource.problem(run, code, message, hint);
  }
}
