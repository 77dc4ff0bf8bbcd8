package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of one record.
 *
 * @param steps that rows of it came to, in the order of the plan
 * @param notReached the others that it could have come to
 * @param notes what a run would do otherwise
 */
public record Trace(
    TracedRecord record, List<Step> steps, List<LogicalNode> notReached, List<String> notes) {
  public Trace {
    steps = List.copyOf(steps);
    notReached = List.copyOf(notReached);
    notes = List.copyOf(notes);
  }

  /**
   * What a step did.
   *
   * @param in the rows that came in
   * @param outputs the rows that left, by output
   * @param unread the outputs that nobody reads
   * @param links what the parts of a chain did, by number
   * @param failures why rows failed
   * @param written what a sink would write
   */
  record Step(
      LogicalNode node,
      List<Json> in,
      Map<String, Change> outputs,
      Set<String> unread,
      List<List<Json>> links,
      List<Failed> failures,
      List<Probe.Seen> written) {
    /** Whether nothing came of what came in. */
    boolean isEnd() {
      return failures.isEmpty()
          && written.isEmpty()
          && outputs.values().stream().allMatch(Change::isNone);
    }
  }

  /**
   * Rows of an output that are there because of the record, and those that are gone because of it.
   */
  record Change(List<Json> added, List<Json> removed) {
    Change {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    boolean isNone() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * A row that failed.
   *
   * @param values of the row that the message is about, by name
   * @param then what the step says of such rows
   * @param letter what would be written to the dead letters; empty where it does not go there
   */
  record Failed(
      String code,
      String message,
      String at,
      Map<String, String> values,
      OnError then,
      Optional<Probe.Seen> letter) {}
}
