package io.penstock.core.state;

import java.io.IOException;
import java.util.List;

/** Gives the state of one operator back. Used by the operator's thread, inside its call only. */
public interface SnapshotReader {
  /** The segments in the order in which they were written; none where there is no state yet. */
  List<Segment> segments();

  /** The bytes of a segment from its start, checked against its checksum by the end of reading. */
  StateInput open(Segment segment) throws IOException;
}
