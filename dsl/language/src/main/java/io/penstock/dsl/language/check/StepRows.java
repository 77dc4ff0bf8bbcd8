package io.penstock.dsl.language.check;

import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.StepOutputs;
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

  /** The rows of an output. */
  Rows of(Outlet outlet) {
    if (outlet.output().equals(StepOutputs.LATE) && edges.isTimed(outlet)) {
      return late(outlet);
    }
    Rows main = out(outlet.key());
    if (!outlet.output().equals(StepOutputs.FAILED)) {
      return main;
    }
    if (outlet.section() == Section.SOURCES) {
      return main.known() ? main.with(FailedRows.ofSource(), Set.of()) : main;
    }
    Rows in = in(outlet.key());
    return in.known() ? in.with(FailedRows.of(in.schema())) : in;
  }

  private Rows late(Outlet outlet) {
    Rows in = in(outlet.key());
    List<Rows> all = new ArrayList<>(List.of(in));
    edges.beside(outlet.step()).ifPresent(other -> all.add(of(other)));
    return all.stream().allMatch(Rows::known)
        ? in.with(LateRows.of(all.stream().map(Rows::schema).toList(), edges.hasWindows(outlet)))
        : Rows.unknown();
  }
}
