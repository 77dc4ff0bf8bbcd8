package io.penstock.api.system;

import java.io.IOException;

/** The disk, or what this user may use of it, is full. Writing again later may succeed. */
public final class NoSpaceException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoSpaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
