package io.penstock.core.expression.closure;

import io.penstock.api.data.BytesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Computes one node for the row at hand. Primitive kinds give null by {@link Frame#missing}: it is
 * false on entry, a code whose value is null sets it and gives zero, and who takes note of it
 * resets it. A value that cannot be computed is a {@link RowFailure}.
 */
@FunctionalInterface
interface Code {
  /** The boxed value; leaves {@link Frame#missing} false. */
  @Nullable Object value(Frame frame);

  /** int, timestamp, date, duration. */
  interface OfLong extends Code {
    long number(Frame frame);

    @Override
    default @Nullable Object value(Frame frame) {
      long value = number(frame);
      return frame.takeMissing() ? null : (Object) value;
    }
  }

  /** double. */
  interface OfDouble extends Code {
    double number(Frame frame);

    @Override
    default @Nullable Object value(Frame frame) {
      double value = number(frame);
      return frame.takeMissing() ? null : (Object) value;
    }
  }

  /** boolean. */
  interface OfTruth extends Code {
    boolean truth(Frame frame);

    @Override
    default @Nullable Object value(Frame frame) {
      boolean value = truth(frame);
      return frame.takeMissing() ? null : (Object) value;
    }
  }

  /** A decimal as an unscaled number at its type's scale, as long as that fits 64 bits. */
  interface Scaled extends Code {
    /** The unscaled value; sets {@link Frame#wide} where it does not fit. */
    long scaled(Frame frame);

    int scale();
  }

  /** Text that can be written without being made a String. */
  interface Written extends Code {
    /**
     * Appends the value's pieces to a value not yet ended; false for null: the pieces are then to
     * be dropped.
     */
    boolean append(Frame frame, BytesBuilder to);
  }

  /** A json value, walked in its binary form. */
  interface OfJson extends Code {
    /** Where the value begins in {@link Frame#json}, or -1 for null. */
    int find(Frame frame);
  }
}
