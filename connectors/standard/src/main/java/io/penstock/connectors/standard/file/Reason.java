package io.penstock.connectors.standard.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the system says about a file, in words. */
final class Reason {
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
}
