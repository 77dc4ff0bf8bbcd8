package io.penstock.core.state;

import java.io.IOException;

/**
 * Takes the state of one operator at a barrier: an ordered list of segments, new ones and ones kept
 * from the snapshot before. Used by the operator's thread, inside its call only.
 */
public interface SnapshotWriter {
  /** Begins a segment. Everything written until {@link #end} belongs to it. */
  StateOutput begin() throws IOException;

  /** Ends the segment begun last; it is durable when the epoch is decided. */
  Segment end(long entries) throws IOException;

  /**
   * A segment of an earlier snapshot of the same operator belongs to this one too, at this place.
   */
  void keep(Segment segment);
}
