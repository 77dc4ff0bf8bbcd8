package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The report as SARIF 2.1.0, for code scanning. */
final class SarifReport implements ReportWriter {
  @Override
  public void write(List<CheckedFile> files, PrintStream to) {
    TreeSet<ProblemCode> codes = new TreeSet<>();
    List<Object> results = new ArrayList<>();
    for (CheckedFile file : files) {
      for (Problem problem : file.problems()) {
        codes.add(problem.code());
        results.add(result(problem));
      }
    }
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "penstock");
    driver.put("rules", codes.stream().map(SarifReport::rule).toList());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", results);
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    to.print(JsonText.pretty(log));
    to.print('\n');
  }

  private static Map<String, Object> rule(ProblemCode code) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", code.name());
    rule.put("shortDescription", Map.of("text", code.title()));
    rule.put("fullDescription", Map.of("text", code.page()));
    return rule;
  }

  private static Map<String, Object> result(Problem problem) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("artifactLocation", Map.of("uri", uri(problem.origin().file())));
    if (problem.origin().line() > 0) {
      place.put("region", region(problem.origin()));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", problem.code().name());
    result.put("level", problem.isWarning() ? "warning" : "error");
    result.put(
        "message",
        Map.of("text", problem.message() + problem.hint().map(h -> "\nhelp: " + h).orElse("")));
    result.put("locations", List.of(Map.of("physicalLocation", place)));
    return result;
  }

  private static Map<String, Object> region(Origin at) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", at.line());
    if (at.column() > 0) {
      region.put("startColumn", at.column());
      region.put("endColumn", at.column() + at.length());
    }
    return region;
  }

  private static String uri(String file) {
    StringBuilder uri = new StringBuilder();
    for (byte b : file.replace('\\', '/').getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return uri.toString();
  }
}
