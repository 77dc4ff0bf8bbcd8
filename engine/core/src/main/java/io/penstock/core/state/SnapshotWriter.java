package io.penstock.core.state;

import java.io.IOException;

/**
 * Takes the state of one operator at a barrier: an ordered list of segments, new ones and ones kept
 * from the snapshot before. Used by the operator's thread, inside its call only; but segments may
 * be opened until the operator is closed, as long as they belong to its newest snapshot. Whoever
 * deletes segments must therefore keep those of the newest snapshot of each operator that is at
 * work, decided or not.
 */
public interface SnapshotWriter extends Segments {
  /** Begins a segment. Everything written until {@link #end} belongs to it. */
  StateOutput begin() throws IOException;

  /** Ends the segment begun last; it is durable when the epoch is decided. */
  Segment end(long entries) throws IOException;

  /**
   * A segment of an earlier snapshot of the same operator belongs to this one too, at this place.
   */
  void keep(Segment segment);
}
