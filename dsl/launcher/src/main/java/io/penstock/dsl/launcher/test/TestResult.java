package io.penstock.dsl.launcher.test;

import io.penstock.api.problem.Problem;
import io.penstock.core.report.RunReport;
import io.penstock.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one test ended.
 *
 * @param file the test file's name
 * @param failedIn the first way of running in which it failed; empty where it passed
 * @param differences by sink, in that way of running
 * @param problem what ended the run, where it did not come to its end
 * @param steps the rows seen at each step, where it failed
 * @param sinks the rows of each sink, in the last way of running
 * @param report of the last run, for coverage
 */
record TestResult(
    String file,
    TestCase test,
    Optional<TestMode> failedIn,
    List<Difference> differences,
    Optional<Problem> problem,
    Map<String, List<Json>> steps,
    Map<String, List<Json>> sinks,
    Optional<RunReport> report) {
  TestResult {
    differences = List.copyOf(differences);
  }

  boolean passed() {
    return failedIn.isEmpty();
  }
}
