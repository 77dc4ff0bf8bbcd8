package io.penstock.core.operator;

/** A step with windows that takes rows grouped by block as well as rows. */
public interface WindowTaker extends Operator {
  /**
   * Takes the groups of a block in place of its rows, which come after those taken so far; what is
   * said of late rows comes with {@link #drain}.
   *
   * @param block whose rows are grouped
   * @param known the watermark of the rows' partition before the block
   */
  void groups(WindowGroups block, long known);
}
