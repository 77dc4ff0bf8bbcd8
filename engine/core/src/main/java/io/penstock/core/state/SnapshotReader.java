package io.penstock.core.state;

import java.util.List;

/**
 * Gives the state of one operator back. Used by the operator's thread; segments may be opened until
 * the operator is closed, as long as they belong to the newest snapshot of the operator.
 */
public interface SnapshotReader extends Segments {
  /** The segments in the order in which they were written; none where there is no state yet. */
  List<Segment> segments();
}
