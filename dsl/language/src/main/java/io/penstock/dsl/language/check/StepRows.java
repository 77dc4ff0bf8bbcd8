package io.penstock.dsl.language.check;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.transform.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of the rows that come into each step and go out of it, while a file is checked. */
final class StepRows {
  private final Edges edges;
  private final Map<String, Rows> outputs = new HashMap<>();
  private final Map<String, Rows> inputs = new HashMap<>();

  StepRows(Edges edges) {
    this.edges = edges;
  }

  /** Whether the step of this key was looked at. */
  boolean isKnown(String key) {
    return outputs.containsKey(key);
  }

  /** The rows of a step's main output. */
  void out(String key, Rows rows) {
    outputs.put(key, rows);
  }

  /** The rows that come into a step. */
  void in(String key, Rows rows) {
    inputs.put(key, rows);
  }

  /** The rows of a step's main output, as far as they are known. */
  Rows out(String key) {
    return outputs.getOrDefault(key, Rows.unknown());
  }

  private Rows in(String key) {
    return inputs.getOrDefault(key, Rows.unknown());
  }

  /** The rows of an output; unknown where its step could not be planned. */
  Rows of(Outlet outlet) {
    if (outlet.output().equals(StepOutputs.LATE) && edges.isTimed(outlet)) {
      return beside(outlet, schemas -> LateRows.of(schemas, edges.hasWindows(outlet)));
    }
    Rows main = out(outlet.key());
    if (!outlet.output().equals(StepOutputs.FAILED)) {
      return main;
    }
    if (outlet.section() == Section.SOURCES) {
      return main.known() ? main.with(FailedRows.ofSource(), Set.of()).changing(false) : main;
    }
    return beside(outlet, FailedRows::of);
  }

  /** What gives the schema of an output by those of the inputs. */
  private interface Made {
    Schema of(List<Schema> inputs);
  }

  private Rows beside(Outlet outlet, Made made) {
    List<Rows> all = new ArrayList<>();
    all.add(in(outlet.key()));
    if (outlet.section() == Section.TRANSFORMS) {
      edges.beside(outlet.step()).ifPresent(other -> all.add(of(other)));
    }
    return all.stream().allMatch(Rows::known)
        ? all.get(0).with(made.of(all.stream().map(Rows::schema).toList())).changing(false)
        : Rows.unknown();
  }

  /** What a join may have late rows by shows itself only now that its inputs are known. */
  void late(Operation operation, StepHead head, Problems problems) {
    boolean none = operation instanceof Operation.ByTime timed && !timed.keepsByTime();
    if (none
        && edges
            .allRead()
            .contains(new Outlet(Section.TRANSFORMS, head.name(), StepOutputs.LATE))) {
      problems.add(
          ProblemCode.E204,
          head.origin(),
          "`" + head.name() + "` keeps no rows by their time, so it has no output `late`",
          "leave out what reads `" + head.name() + ".late`");
    }
  }
}
