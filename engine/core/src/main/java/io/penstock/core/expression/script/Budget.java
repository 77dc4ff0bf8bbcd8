package io.penstock.core.expression.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is left of the limits for the row at hand. */
final class Budget {
  static final int MAX_DEPTH = 200;
  private static final int STEPS_BETWEEN_LOOKS = 1024;
  private static final int BYTES_PER_STEP = 64;
  private static final int OBJECT = 32;

  private final ScriptLimits limits;
  private long steps;
  private long bytes;
  private long rows;
  private long until;
  private int look;
  private int depth;

  Budget(ScriptLimits limits) {
    this.limits = limits;
  }

  void begin() {
    steps = limits.steps();
    bytes = limits.bytes();
    rows = limits.rows();
    look = STEPS_BETWEEN_LOOKS;
    until = 0;
    depth = 0;
  }

  void step() {
    if (--steps < 0) {
      throw outOfSteps();
    }
    if (--look == 0) {
      look();
    }
  }

  private static ScriptFailure stepsOf(long limit) {
    return ScriptFailure.limit("the script takes more than " + limit + " steps for this row");
  }

  private ScriptFailure outOfSteps() {
    return stepsOf(limits.steps());
  }

  /** The clock is asked seldom, and first after some work, so that short scripts never ask it. */
  private void look() {
    look = STEPS_BETWEEN_LOOKS;
    long now = limits.clock().nanos();
    if (until == 0) {
      until = now + limits.time().toNanos();
    } else if (now - until > 0) {
      throw ScriptFailure.limit(
          "the script takes longer than " + limits.time().toMillis() + " ms for this row");
    }
  }

  /** Work over so many bytes, such as comparing or searching them. */
  void work(long size) {
    steps -= size / BYTES_PER_STEP;
    step();
  }

  /** Something of so many bytes is made. */
  void make(long size) {
    bytes -= size + OBJECT;
    if (bytes < 0) {
      throw ScriptFailure.limit(
          "the script makes texts, lists and records of more than "
              + limits.bytes()
              + " bytes for this row");
    }
    work(size);
  }

  void row() {
    if (--rows < 0) {
      throw ScriptFailure.limit(
          "the script emits more than " + limits.rows() + " rows for this row");
    }
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw ScriptFailure.limit(
          "functions of the script call each other more than " + MAX_DEPTH + " deep");
    }
  }

  void leave() {
    depth--;
  }

  /**
   * About how many bytes a value takes. Counts as work, and so ends for values inside themselves.
   */
  long size(@Nullable Object value, int level) {
    if (level > MAX_DEPTH) {
      throw ScriptFailure.limit("a value is nested more than " + MAX_DEPTH + " deep");
    }
    if (value instanceof String text) {
      return OBJECT + 2L * text.length();
    }
    if (value instanceof byte[] content) {
      return OBJECT + content.length;
    }
    long sum = OBJECT;
    if (value instanceof List<?> list) {
      for (Object element : list) {
        step();
        sum += size(element, level + 1);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        step();
        sum += size(entry.getKey(), level + 1) + size(entry.getValue(), level + 1);
      }
    }
    return sum;
  }
}
