package io.penstock.api.system;

import java.io.IOException;

/** This process, or the machine, has as many files open as it may. Closing some makes room. */
public final class TooManyFilesException extends IOException {
  private static final long serialVersionUID = 1L;

  public TooManyFilesException(String message, Throwable cause) {
    super(message, cause);
  }
}
