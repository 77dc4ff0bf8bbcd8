package io.penstock.connectors.protobuf;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;

/** Rows that a message cannot hold whatever their values are. */
final class Unfit {
  private Unfit() {}

  static PipelineException because(String why) {
    return because(why, "put a `select` or a `convert` above the sink, or take another message");
  }

  static PipelineException because(String why, String hint) {
    return new PipelineException(
        Problem.of(
            ProblemCode.R306,
            Origin.file("protobuf"),
            "the rows cannot be written as this message: " + why,
            hint));
  }
}
