package io.penstock.connectors.standard.compression;

import io.penstock.api.problem.ProblemCode;
import java.io.IOException;

/** Compressed bytes are not what they should be; nothing behind them can be read. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  DamagedException(ProblemCode code, String message) {
    super(message);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }

  /** What is wrong. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
