package io.penstock.dsl.language.check;

import io.penstock.api.data.Schema;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.StepOutputs;
import io.penstock.dsl.language.transform.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rows leave by each output of the steps that have been planned. */
final class OutputRows {
  private final Edges edges;
  private final Map<String, Rows> main;
  private final Map<String, Rows> inputs;

  /**
   * The outputs of steps.
   *
   * @param main the rows of each main output, which grows as steps are planned
   * @param inputs the rows that come into each step, likewise
   */
  OutputRows(Edges edges, Map<String, Rows> main, Map<String, Rows> inputs) {
    this.edges = edges;
    this.main = main;
    this.inputs = inputs;
  }

  /** The rows of an output; unknown where its step could not be planned. */
  Rows of(Outlet outlet) {
    Rows rows = main.getOrDefault(outlet.key(), Rows.unknown());
    if (outlet.output().equals(StepOutputs.LATE) && edges.isTimed(outlet)) {
      return beside(outlet, schemas -> LateRows.of(schemas, edges.hasWindows(outlet)));
    }
    if (!outlet.output().equals(StepOutputs.FAILED)) {
      return rows;
    }
    if (outlet.section() == Section.SOURCES) {
      return rows.known() ? rows.with(FailedRows.ofSource(), Set.of()) : rows;
    }
    return beside(outlet, FailedRows::of);
  }

  /** What gives the schema of an output by those of the inputs. */
  private interface Made {
    Schema of(List<Schema> inputs);
  }

  private Rows beside(Outlet outlet, Made made) {
    List<Rows> all = new ArrayList<>();
    all.add(inputs.getOrDefault(outlet.key(), Rows.unknown()));
    if (outlet.section() == Section.TRANSFORMS) {
      edges.beside(outlet.step()).ifPresent(other -> all.add(of(other)));
    }
    return all.stream().allMatch(Rows::known)
        ? all.get(0).with(made.of(all.stream().map(Rows::schema).toList()))
        : Rows.unknown();
  }
}
