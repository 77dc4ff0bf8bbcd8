package io.penstock.dsl.language.transform;

import io.penstock.core.logical.Operation;
import java.util.List;
import java.util.Optional;

/**
 * What a transform becomes.
 *
 * @param operation empty where something is wrong, which is reported
 * @param rows the rows of its main output, as far as they are known even then
 * @param outputs the names of its outputs; empty where it has the main one alone
 */
public record Planned(Optional<Operation> operation, Rows rows, List<String> outputs) {
  public Planned {
    outputs = List.copyOf(outputs);
  }

  /** A step with one output. */
  public static Planned of(Operation operation, Rows rows) {
    return new Planned(Optional.of(operation), rows, List.of());
  }

  /** A step with one output; the operation is empty where something is wrong. */
  public static Planned of(Optional<? extends Operation> operation, Rows rows) {
    return new Planned(operation.map(o -> o), rows, List.of());
  }

  /** A step that could not be checked; its rows go on as far as they are known. */
  public static Planned wrong(Rows rows) {
    return new Planned(Optional.empty(), rows, List.of());
  }
}
