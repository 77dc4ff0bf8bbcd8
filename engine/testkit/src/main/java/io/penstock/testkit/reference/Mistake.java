package io.penstock.testkit.reference;

/** One thing that the reference may get wrong, to see whether a comparison notices it. */
public enum Mistake {
  NONE,
  /** A window whose end the watermark has just reached is not over. */
  LATE_A_TICK_LATER,
  /** Lateness is not granted. */
  NO_LATENESS,
  /** The watermark is that of all partitions together. */
  STAMP_OF_ANY_PARTITION,
  /** A row exactly a gap later begins a new session. */
  SESSIONS_DO_NOT_TOUCH,
  /** A row is in each hopping window but the earliest. */
  LOSES_A_HOP,
  /** A row exactly as far away as allowed does not meet. */
  WITHIN_IS_OPEN,
  /** A row as far away as allowed is no duplicate. */
  DUPLICATES_ARE_NEARER,
  /** Null equals null where rows meet. */
  NULLS_MEET,
  /** Rows that a condition refuses count as partners. */
  WHERE_COMES_LATER,
  /** The row that ties with the last is left out. */
  TIES_ARE_CUT,
  /** Of two rows of one time the first is the latest. */
  LATEST_IS_THE_FIRST_OF_ITS_TIME,
  /** Of rows of one time those of the last partition are the first. */
  LAST_PARTITION_IS_FIRST,
  /** A row exactly as far back as allowed is not seen. */
  RANGE_IS_OPEN,
  /** Rows belong together however long the pause between them is. */
  A_PAUSE_GOES_ON,
  /** A condition on results is taken for one that is a little stricter. */
  HAVING_IS_STRICTER
}
