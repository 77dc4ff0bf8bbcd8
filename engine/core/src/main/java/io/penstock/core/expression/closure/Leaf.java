package io.penstock.core.expression.closure;

import org.jspecify.annotations.Nullable;

/**
 * A part of a tree on closures, inside a compiled loop. After each call {@link #failed} tells
 * whether there is a value at all. Single-threaded.
 */
public final class Leaf {
  private final Code code;
  private final Frame frame;
  private boolean failed;

  Leaf(Code code, Frame frame) {
    this.code = code;
    this.frame = frame;
  }

  /** The boxed value of a row; null also where it fails. */
  public @Nullable Object value(int row) {
    frame.at(row);
    failed = false;
    try {
      return code.value(frame);
    } catch (RowFailure failure) {
      failed = true;
      return null;
    }
  }

  /** Whether the last call failed. */
  public boolean failed() {
    return failed;
  }
}
