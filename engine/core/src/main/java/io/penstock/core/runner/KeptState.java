package io.penstock.core.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a run keeps its state, and what it may do to what is there.
 *
 * @param folder the run's own folder, below the state folder; made where it is not there
 * @param fresh whether the state that is there is left and a new one begun
 * @param changes what an edited pipeline may do to the state
 * @param mostInside how many bytes of rows that wait for a sink the checkpoint of an epoch keeps
 *     itself; more of them have a file of their own, which costs more waiting for the disk
 */
public record KeptState(Path folder, boolean fresh, List<StateChange> changes, int mostInside) {
  private static final int MOST_INSIDE = 256 << 10;

  public KeptState {
    changes = List.copyOf(changes);
  }

  /** State whose checkpoints keep few rows, which is best where the disk is slow to force. */
  public KeptState(Path folder, boolean fresh, List<StateChange> changes) {
    this(folder, fresh, changes, MOST_INSIDE);
  }
}
