package io.penstock.core.run;

import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.Checkpoint;
import java.util.List;
import java.util.Map;

/**
 * What one task has to say about an epoch as it leaves it.
 *
 * @param sources how far its source is read, where it is a reading task, by step
 * @param stages the state of its steps, by name
 * @param staged what its sink has staged in this epoch
 * @param counts rows by step since the tasks began, by name
 */
record Part(
    Map<String, Checkpoint.SourceState> sources,
    Map<String, Checkpoint.StageState> stages,
    List<Staged> staged,
    Map<String, Checkpoint.Counts> counts) {
  /** Of a task that has nothing to say. */
  static final Part NOTHING = new Part(Map.of(), Map.of(), List.of(), Map.of());

  Part {
    sources = Map.copyOf(sources);
    stages = Map.copyOf(stages);
    staged = List.copyOf(staged);
    counts = Map.copyOf(counts);
  }

  /** The same at a later epoch, in which the task has done nothing. */
  Part later() {
    return new Part(sources, stages, List.of(), counts);
  }
}
