package io.penstock.core.checkpoint;

import java.io.IOException;

/** A file is in a format that this version does not know yet. */
public final class NewerFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  NewerFormatException(int format, int known) {
    super("is in format " + format + ", and this version reads up to " + known);
  }
}
