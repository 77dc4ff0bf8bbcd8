package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Problem;
import java.io.PrintStream;
import java.util.List;

/** The report as JUnit XML: a test case for each file. */
final class JunitReport implements ReportWriter {
  private final ProblemLines lines;

  JunitReport(ProblemLines lines) {
    this.lines = lines;
  }

  @Override
  public void write(List<CheckedFile> files, PrintStream to) {
    JunitXml xml = new JunitXml("penstock validate");
    for (CheckedFile file : files) {
      JunitXml.Case testCase = xml.testCase("validate", file.name());
      StringBuilder text = new StringBuilder();
      String first = "";
      for (Problem problem : file.problems()) {
        text.append(lines.of(problem));
        if (first.isEmpty() && !problem.isWarning()) {
          first = problem.code() + " " + problem.message();
        }
      }
      if (file.hasErrors()) {
        testCase.failure(first, text.toString());
      } else if (!text.isEmpty()) {
        testCase.output(text.toString());
      }
    }
    to.print(xml.document());
  }
}
