package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem as a JSON object. */
public final class ProblemDocument {
  private ProblemDocument() {}

  /** All that the text shows, by name. */
  public static Map<String, Object> of(Problem problem) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("code", problem.code().name());
    document.put("severity", problem.isWarning() ? "warning" : "error");
    Origin at = problem.origin();
    document.put("file", at.file());
    if (at.line() > 0) {
      document.put("line", at.line());
    }
    if (at.column() > 0) {
      document.put("column", at.column());
      document.put("length", at.length());
    }
    document.put("title", problem.code().title());
    document.put("message", problem.message());
    problem.hint().ifPresent(hint -> document.put("help", hint));
    return document;
  }
}
