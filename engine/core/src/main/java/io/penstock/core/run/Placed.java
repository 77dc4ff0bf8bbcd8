package io.penstock.core.run;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.core.logical.LogicalNode;

/** Gives problems of connectors, which do not know the pipeline file, the place of their step. */
final class Placed {
  private Placed() {}

  static Problem at(LogicalNode node, Problem problem) {
    Origin origin = problem.origin();
    boolean inFile = origin.file().equals(node.origin().file()) && origin.line() > 0;
    return inFile
        ? problem
        : new Problem(problem.code(), node.origin(), problem.message(), problem.hint());
  }
}
