package io.penstock.core.state;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The rows that wait for a sink cannot be written or read: what is wrong is the disk under the kept
 * state, not the sink.
 */
public final class SpoolException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the disk said of a spool's file. */
  public SpoolException(Path file, IOException cause) {
    super("`" + file + "`: " + said(cause), cause);
  }

  private static String said(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
