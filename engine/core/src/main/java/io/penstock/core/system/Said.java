package io.penstock.core.system;

import io.penstock.api.system.NoSpaceException;
import io.penstock.api.system.TooManyFilesException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** Tells by its words what an error of the system is: there is nothing else to tell it by. */
final class Said {
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded");
  private static final String TOO_MANY = "Too many open files";

  private Said() {}

  /** The error under its name, where it is one that others act upon. */
  static IOException by(IOException e) {
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    String why = String.valueOf(reason);
    if (FULL.stream().anyMatch(why::contains)) {
      return new NoSpaceException(why, e);
    }
    return why.contains(TOO_MANY) ? new TooManyFilesException(why, e) : e;
  }

  /** The error of a file that is open, with its path, which the system does not tell then. */
  static IOException by(IOException e, Path file) {
    IOException named = by(e);
    if (named != e || e.getClass() != IOException.class || e.getMessage() == null) {
      return named;
    }
    FileSystemException placed = new FileSystemException(file.toString(), null, e.getMessage());
    placed.initCause(e);
    return placed;
  }
}
