package io.penstock.api.source;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;

/** Where a reader hands things on. */
public interface Out {
  void block(Block block);

  /**
   * Shows the first block of a file that is read on in its middle, so that its header is known. Its
   * records were handed on by a former reading and are not taken again. The file's next block comes
   * after it.
   */
  default void head(Block first) {}

  void rows(Batch rows);

  /**
   * Time has passed for a split in which nothing happened, as its source knows: the event time of
   * its partition comes so much further than the records before say. Nothing where there were none.
   */
  default void timePassed(Split split, Duration time) {}

  /**
   * Bytes that are no record: past the limit of a record, a broken compressed file.
   *
   * @param raw at most the first MiB of them
   * @param rawBytes how many there are in all
   */
  void bad(
      Split split,
      long position,
      long line,
      byte[] raw,
      long rawBytes,
      ProblemCode code,
      String message);
}
