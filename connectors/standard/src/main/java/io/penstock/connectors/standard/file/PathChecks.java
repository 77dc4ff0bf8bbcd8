package io.penstock.connectors.standard.file;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;

/** What is said about paths in options. */
final class PathChecks {
  private PathChecks() {}

  static void report(Checks checks, String option, String path, String wrong) {
    checks.problem(
        ProblemCode.E104,
        option,
        "`" + option + "` must be a path, not `" + path.replace('\0', '?') + "`: " + wrong,
        "write the path of a file, or a pattern such as data/*.csv");
  }
}
