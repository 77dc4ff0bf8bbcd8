package io.penstock.connectors.standard.file;

import io.penstock.api.system.Files;
import java.nio.file.Path;

/** Paths below a root. */
record RootFiles(Path root) implements Files {
  @Override
  public Path resolve(String written) {
    return root.resolve(written).normalize();
  }

  @Override
  public String shown(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }
}
