package io.penstock.dsl.launcher.test;

import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.launcher.problems.JunitXml;
import io.penstock.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows how tests ended, as text, JUnit XML or JSON. */
public final class TestReports {
  private static final int MOST_ROWS = 20;

  private TestReports() {}

  /** A line for each test, the differences of those that failed, and a last line that counts. */
  public static void text(PipelineTests tests, PrintStream to) {
    for (TestResult result : tests.results()) {
      to.println(
          (result.passed() ? "ok      " : "FAILED  ")
              + result.file()
              + "  "
              + result.test().name());
      if (!result.passed()) {
        to.print(failure(result));
      }
    }
    long failed = tests.results().stream().filter(r -> !r.passed()).count();
    to.println(tests.count() - failed + " passed, " + failed + " failed");
  }

  /** The steps and outputs that no test reached. */
  public static void coverage(PipelineTests tests, PrintStream to) {
    tests
        .coverage()
        .forEach(
            (pipeline, coverage) -> {
              List<String> missed = coverage.missed();
              to.println(
                  pipeline
                      + ": "
                      + (coverage.total() - missed.size())
                      + " of "
                      + coverage.total()
                      + " steps and outputs reached");
              missed.forEach(name -> to.println("  not reached: " + name));
            });
  }

  public static void junit(PipelineTests tests, PrintStream to) {
    JunitXml xml = new JunitXml("run-pipeline test");
    for (TestResult result : tests.results()) {
      JunitXml.Case test = xml.testCase(result.file(), result.test().name());
      if (!result.passed()) {
        test.failure(headline(result), failure(result));
      }
    }
    to.print(xml.document());
  }

  public static void json(PipelineTests tests, PrintStream to) {
    List<Json> results = tests.results().stream().map(TestReports::json).toList();
    Map<String, Json> missed = new LinkedHashMap<>();
    tests.coverage().forEach((name, c) -> missed.put(name, texts(c.missed())));
    Map<String, Json> document = new LinkedHashMap<>();
    document.put("tests", Json.list(results));
    document.put("not_reached", Json.object(missed));
    to.println(Json.object(document).toText());
  }

  private static Json json(TestResult result) {
    Map<String, Json> test = new LinkedHashMap<>();
    test.put("file", Json.ofText(result.file()));
    test.put("line", Json.ofNumber(result.test().origin().line()));
    test.put("name", Json.ofText(result.test().name()));
    test.put("passed", Json.of(result.passed()));
    result.failedIn().ifPresent(mode -> test.put("failed_in", Json.ofText(mode.toString())));
    result.problem().ifPresent(problem -> test.put("problem", Json.ofText(problem.toString())));
    if (!result.passed()) {
      test.put(
          "differences", Json.list(result.differences().stream().map(TestReports::json).toList()));
    }
    return Json.object(test);
  }

  private static Json json(Difference difference) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("sink", Json.ofText(difference.sink()));
    members.put("missing", texts(difference.missing().stream().map(TestReports::shown).toList()));
    members.put("surplus", Json.list(difference.surplus()));
    members.put("order_only", Json.of(difference.orderOnly()));
    return Json.object(members);
  }

  private static Json texts(List<String> texts) {
    return Json.list(texts.stream().map(Json::ofText).toList());
  }

  private static String headline(TestResult result) {
    String how = result.failedIn().map(TestMode::toString).orElse("");
    if (result.problem().isPresent()) {
      return "the run failed (" + how + ")";
    }
    String sinks =
        result.differences().stream().map(Difference::sink).collect(Collectors.joining(", "));
    return "other rows than expected in " + sinks + " (" + how + ")";
  }

  private static String failure(TestResult result) {
    StringBuilder text = new StringBuilder("  " + headline(result) + "\n");
    result
        .problem()
        .ifPresent(
            problem ->
                text.append("  ").append(problem.toString().replace("\n", "\n  ")).append('\n'));
    for (Difference difference : result.differences()) {
      text.append("  sink ").append(difference.sink()).append('\n');
      if (difference.orderOnly()) {
        text.append("    the rows are right, their order is not\n");
      }
      difference.missing().forEach(row -> text.append("    - ").append(shown(row)).append('\n'));
      difference.surplus().forEach(row -> text.append("    + ").append(row.toText()).append('\n'));
    }
    result.steps().forEach((step, rows) -> seen(step, rows, text));
    return text.toString();
  }

  private static void seen(String step, List<Json> rows, StringBuilder text) {
    text.append("  seen after ").append(step).append(": ").append(rows.size());
    text.append(rows.size() == 1 ? " row\n" : " rows\n");
    rows.stream()
        .limit(MOST_ROWS)
        .forEach(row -> text.append("      ").append(row.toText()).append('\n'));
    if (rows.size() > MOST_ROWS) {
      text.append("      and ").append(rows.size() - MOST_ROWS).append(" more\n");
    }
  }

  private static String shown(SyntaxNode node) {
    if (node instanceof Mapping mapping) {
      return mapping.entries().stream()
          .map(entry -> entry.name() + ": " + shown(entry.value()))
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (node instanceof Sequence sequence) {
      return sequence.elements().stream()
          .map(TestReports::shown)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    Scalar scalar = (Scalar) node;
    return scalar.style() == Scalar.Style.PLAIN
        ? scalar.text()
        : Json.ofText(scalar.text()).toText();
  }
}
