package io.penstock.core.checkpoint;

import io.penstock.api.source.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a micro-batch is going to read, written before it reads anything, so that a batch that is
 * done again is the same batch.
 *
 * @param epoch the epoch that the batch becomes
 * @param nowMicros what {@code now()} is in this batch
 * @param slot the slot of the schedule that it is for
 * @param maxRows how many rows each source may give at most
 * @param maxBytes how many bytes
 * @param sources by step
 */
public record BatchPlan(
    long epoch,
    long nowMicros,
    Optional<Long> slot,
    long maxRows,
    long maxBytes,
    Map<String, List<SplitPlan>> sources) {
  public BatchPlan {
    sources = Map.copyOf(sources);
  }

  /**
   * What is read of a split.
   *
   * @param to the offset of the bound, fixed before the batch
   */
  public record SplitPlan(String split, Position from, long to) {}
}
