package io.penstock.core.operator;

/** Is told of rows that fail and are left out, by the source and the record that they come from. */
@FunctionalInterface
public interface FailureTally {
  /**
   * A row failed.
   *
   * @param source the source's step, or the step that made the row
   * @param position of the record, or -1
   */
  void failed(String source, long position);
}
