package io.penstock.connectors.avro;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;

/** Rows that Avro, or the schema given, cannot hold at all. */
final class Unfit {
  private Unfit() {}

  static PipelineException because(String what) {
    return because(what, "put a `select` above the sink that names and makes the fields as wanted");
  }

  static PipelineException because(String what, String hint) {
    return new PipelineException(
        Problem.of(
            ProblemCode.R306, Origin.file("avro"), "the rows cannot be written: " + what, hint));
  }
}
