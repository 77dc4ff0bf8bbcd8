package io.penstock.core.operator;

/** Is told of rows that fail and are left out, by the source that they come from. Thread-safe. */
@FunctionalInterface
public interface FailureTally {
  void failed(String source, int rows);
}
