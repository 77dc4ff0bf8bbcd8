package io.penstock.core.run;

import io.penstock.core.runner.RunRequest;
import io.penstock.core.state.SpillFolder;
import java.io.IOException;
import java.util.Optional;

/** Where the steps of a run put what memory does not hold. */
final class Spilling {
  private Spilling() {}

  /**
   * The folder: the run's own where its state is kept, else a place among those of all runs. What
   * dead runs have left there is deleted.
   */
  static SpillFolder folder(RunRequest request, Optional<Kept> kept, EmbeddedRun run) {
    SpillFolder folder =
        kept.map(state -> SpillFolder.own(request.disk(), state.spills()))
            .orElseGet(() -> SpillFolder.shared(request.disk(), request.spill()));
    try {
      folder.clean();
    } catch (IOException e) {
      run.warn("what a former run has spilled cannot be deleted: " + e.getMessage());
    }
    return folder;
  }

  /** Deletes what this run has put there; all its threads have stopped. */
  static void close(SpillFolder folder, EmbeddedRun run) {
    try {
      folder.close();
    } catch (IOException e) {
      run.warn("what the run has spilled cannot be deleted: " + e.getMessage());
    }
  }
}
