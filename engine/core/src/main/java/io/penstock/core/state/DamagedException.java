package io.penstock.core.state;

import java.io.IOException;

/** Bytes of a state are not those that were written. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String message) {
    super(message);
  }
}
