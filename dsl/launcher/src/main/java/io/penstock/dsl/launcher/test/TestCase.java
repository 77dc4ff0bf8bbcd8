package io.penstock.dsl.launcher.test;

import io.penstock.api.problem.Origin;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;

/**
 * One test as written; rows are read when the pipeline's schemas are known.
 *
 * @param given entries by source
 * @param tables rows by table
 * @param lookups answers by the step that asks
 * @param parameters values by parameter
 * @param then what must come out, by sink
 */
record TestCase(
    String name,
    Origin origin,
    Map<Target, Sequence> given,
    Map<Target, Sequence> tables,
    Map<Target, Sequence> lookups,
    Map<String, String> parameters,
    List<Expected> then) {
  TestCase {
    given = Map.copyOf(given);
    tables = Map.copyOf(tables);
    lookups = Map.copyOf(lookups);
    parameters = Map.copyOf(parameters);
    then = List.copyOf(then);
  }

  /** A name of the pipeline, where the test writes it. */
  record Target(String name, Origin origin) {}

  /**
   * What must come out of a sink.
   *
   * @param node the whole expectation, to be rewritten by an update
   */
  record Expected(Target sink, Match match, List<Mapping> rows, SyntaxNode node) {
    Expected {
      rows = List.copyOf(rows);
    }
  }

  /** How rows are compared. */
  enum Match {
    ANY_ORDER,
    IN_ORDER,
    CONTAINS
  }
}
