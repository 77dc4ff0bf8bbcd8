package io.penstock.api.system;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Resolves paths that users write in one step: relative to the root, inside the cage where there is
 * one. Thread-safe.
 */
public interface Files {
  /** The base of relative paths. */
  Path root();

  /**
   * The absolute path of a written one.
   *
   * @throws io.penstock.api.problem.PipelineException where it leaves the cage
   */
  Path resolve(String written) throws IOException;

  /** A path as shown to users: relative to the root where it lies below it. */
  String shown(Path path);
}
