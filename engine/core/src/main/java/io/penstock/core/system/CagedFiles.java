package io.penstock.core.system;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Resolves paths under a root and, where there is one, inside a cage. What counts is the real path:
 * a link out of the cage is refused.
 */
public final class CagedFiles implements Files {
  private final Disk disk;
  private final Path root;
  private final Optional<Path> cage;
  private final Origin origin;

  /**
   * Files of one step.
   *
   * @param origin of the step, for problems
   */
  public CagedFiles(Disk disk, Path root, Optional<Path> cage, Origin origin) {
    this.disk = disk;
    this.root = root.toAbsolutePath().normalize();
    this.cage = cage;
    this.origin = origin;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Path resolve(String written) throws IOException {
    Path path;
    try {
      path = root.resolve(written).normalize();
    } catch (InvalidPathException e) {
      throw refused(ProblemCode.R205, "`" + written + "` is no path", "write another path");
    }
    Path real = disk.real(path);
    if (cage.isPresent() && !real.startsWith(disk.real(cage.get()))) {
      throw refused(
          ProblemCode.R207,
          "`" + written + "` lies outside `" + cage.get() + "`, the cage of this run",
          "name a file in the cage, or give the run another `--confine`");
    }
    boolean special = disk.entry(real).filter(e -> e.kind() == Disk.Entry.Kind.SPECIAL).isPresent();
    if (special) {
      throw refused(
          ProblemCode.R205,
          "`" + written + "` is a device or a pipe, not a file",
          "name a file; the source `console` reads standard input");
    }
    return path;
  }

  private PipelineException refused(ProblemCode code, String message, String hint) {
    return new PipelineException(Problem.of(code, origin, message, hint));
  }

  @Override
  public String shown(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(root) ? root.relativize(whole).toString() : whole.toString();
  }
}
