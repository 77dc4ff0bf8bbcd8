package io.penstock.core.operator;

import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;

/** What is written at each barrier and given back to a later process. Single-threaded. */
interface Stored {
  /** Writes what it holds; it goes on with it. */
  void snapshot(SnapshotWriter to) throws IOException;

  /** Takes over what a former process has written; before anything else. */
  void restore(SnapshotReader from) throws IOException;
}
