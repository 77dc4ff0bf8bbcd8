package io.penstock.core.logical;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A step of the pipeline.
 *
 * @param step the step's name; unique within its section
 * @param section where it stands in the file
 * @param origin the step's key in the file
 * @param inputs what it reads, in order; none for a source
 * @param operation what it does
 * @param schema the rows of its main output; a sink's: the rows it takes
 * @param onError what happens to rows for which it fails
 * @param previously the step's former name, under which its state was kept
 */
public record LogicalNode(
    String step,
    Section section,
    Origin origin,
    List<Input> inputs,
    Operation operation,
    Schema schema,
    OnError onError,
    Optional<String> previously) {
  public LogicalNode {
    inputs = List.copyOf(inputs);
  }

  /** A step that always had its name. */
  public LogicalNode(
      String step,
      Section section,
      Origin origin,
      List<Input> inputs,
      Operation operation,
      Schema schema,
      OnError onError) {
    this(step, section, origin, inputs, operation, schema, onError, Optional.empty());
  }

  /** The same step doing this. */
  public LogicalNode with(Operation other) {
    return new LogicalNode(step, section, origin, inputs, other, schema, onError, previously);
  }

  /** The same step under the name that it had before. */
  public LogicalNode renamedFrom(Optional<String> former) {
    return new LogicalNode(step, section, origin, inputs, operation, schema, onError, former);
  }

  /** Where a step stands in the file. Sinks have a name space of their own. */
  public enum Section {
    SOURCES,
    TRANSFORMS,
    SINKS
  }

  /**
   * An output that is read: always a source's or a transform's, but for {@code sinks.x.failed}.
   * Rows of {@code failed} are {@link FailedRows}.
   *
   * @param section of the step that is read
   * @param output empty for the main output, else a case's name, {@code otherwise}, {@code failed}
   */
  public record Input(Section section, String step, String output) {
    @Override
    public String toString() {
      return output.isEmpty() ? step : step + "." + output;
    }
  }

  /**
   * What happens to rows for which a step fails. OUTPUT: they leave by the step's {@code failed}.
   */
  public enum OnError {
    FAIL,
    SKIP,
    DEAD_LETTER,
    OUTPUT
  }
}
