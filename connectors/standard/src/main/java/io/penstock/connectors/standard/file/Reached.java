package io.penstock.connectors.standard.file;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps a run from files, found without reading or writing them. */
final class Reached {
  /** More files than these are not opened to see whether they may be. */
  private static final int OPENED = 100;

  private Reached() {}

  /** Files that come later need not be there yet. */
  static List<Problem> source(FileSourceConfig config, Probe probe) throws IOException {
    SourceFiles files =
        new SourceFiles(
            config,
            new SourceContext(
                probe.step(), probe.disk(), probe.files(), probe.clock(), 0, Set.of()));
    List<Problem> found = new ArrayList<>();
    List<Disk.Entry> there = config.isBounded() ? files.all() : files.now();
    for (Disk.Entry file : there.subList(0, Math.min(OPENED, there.size()))) {
      try (Disk.Reading opened = probe.disk().read(file.path())) {
        opened.length();
      } catch (IOException closed) {
        found.add(
            problem(
                probe,
                ProblemCode.R205,
                "`" + probe.files().shown(file.path()) + "` cannot be read: " + Reason.of(closed),
                "check that the file may be read"));
      }
    }
    return found;
  }

  /** Folders that are not there are made by a run. */
  static List<Problem> sink(FileSinkConfig config, Probe probe) throws IOException {
    boolean constant = config.path().isConstant();
    String written = constant ? config.path().text() : config.path().prefix();
    boolean folder = constant ? config.isFolder() : written.endsWith("/");
    Path target;
    try {
      target = probe.files().resolve(written.isEmpty() ? "." : written);
    } catch (IOException wrong) {
      return List.of(
          problem(
              probe,
              ProblemCode.R304,
              "`" + written + "` cannot be written: " + Reason.of(wrong),
              Reason.cure(wrong)));
    }
    if (!constant && !folder) {
      target = target.resolveSibling("");
    }
    boolean file = constant && !folder;
    Optional<Path> inTheWay = inTheWay(probe, file ? target.resolveSibling("") : target);
    if (inTheWay.isPresent()) {
      return List.of(
          problem(
              probe,
              ProblemCode.R304,
              "`" + probe.files().shown(inTheWay.get()) + "` is a file, not a folder to write in",
              "take another path, or move that file away"));
    }
    if (file && isDirectory(probe, target)) {
      return List.of(
          problem(
              probe,
              ProblemCode.R304,
              "`" + probe.files().shown(target) + "` is a directory, not a file",
              "end the path with `/` for a folder of parts"));
    }
    return List.of();
  }

  /** The first part of a folder's path, from the top, that is there and no folder. */
  private static Optional<Path> inTheWay(Probe probe, Path folder) throws IOException {
    Deque<Path> down = new ArrayDeque<>();
    for (Path above = folder; above != null; above = above.getParent()) {
      down.push(above);
    }
    for (Path next : down) {
      if (probe.disk().entry(next).isEmpty()) {
        return Optional.empty();
      }
      if (!isDirectory(probe, next)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private static boolean isDirectory(Probe probe, Path path) throws IOException {
    return probe
        .disk()
        .entry(path)
        .filter(entry -> entry.kind() == Disk.Entry.Kind.DIRECTORY)
        .isPresent();
  }

  private static Problem problem(Probe probe, ProblemCode code, String message, String hint) {
    return Problem.of(code, Origin.file(probe.step()), message, hint);
  }
}
