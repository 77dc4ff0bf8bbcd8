package io.penstock.connectors.standard.file;

import io.penstock.api.system.NoSpaceException;
import io.penstock.api.system.TooManyFilesException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the system says about a file, in words, and what can be done about it. */
final class Reason {
  private static final String READ_ONLY = "Read-only file system";

  private Reason() {}

  static String of(IOException broken) {
    if (broken instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (broken instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    String reason = broken instanceof FileSystemException system ? system.getReason() : null;
    return reason == null ? String.valueOf(broken.getMessage()) : reason;
  }

  /** The next action where a file cannot be written. */
  static String cure(IOException broken) {
    if (broken instanceof NoSpaceException) {
      return "make room on that disk, then run again";
    }
    if (broken instanceof TooManyFilesException) {
      return "raise the limit with `ulimit -n`, then run again";
    }
    if (broken instanceof AccessDeniedException) {
      return "check the permissions of the folder";
    }
    return String.valueOf(broken.getMessage()).contains(READ_ONLY)
        ? "mount that disk for writing, then run again"
        : "mend what the message says, then run again";
  }
}
