package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as one JSON document. */
final class JsonReport implements ReportWriter {
  @Override
  public void write(List<CheckedFile> files, PrintStream to) {
    List<Object> documents = new ArrayList<>();
    for (CheckedFile file : files) {
      List<Object> problems = new ArrayList<>();
      for (Problem problem : file.problems()) {
        problems.add(ProblemDocument.of(problem));
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.name());
      document.put("ok", !file.hasErrors());
      document.put("problems", problems);
      documents.add(document);
    }
    to.print(JsonText.pretty(Map.of("files", documents)));
    to.print('\n');
  }
}
