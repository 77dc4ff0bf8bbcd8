package io.penstock.core.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a run keeps its state, and what it may do to what is there.
 *
 * @param folder the run's own folder, below the state folder; made where it is not there
 * @param fresh whether the state that is there is left and a new one begun
 * @param changes what an edited pipeline may do to the state
 */
public record KeptState(Path folder, boolean fresh, List<StateChange> changes) {
  public KeptState {
    changes = List.copyOf(changes);
  }
}
