package io.penstock.dsl.launcher.test;

import io.penstock.dsl.launcher.test.TestCase.Expected;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Rewrites the expectations of failed tests to what came out. Everything else of the file stays as
 * it is.
 */
public final class Update {
  private Update() {}

  /** New texts by test file, only of files that change. */
  public static Map<String, String> of(PipelineTests tests) {
    Map<String, String> texts = new java.util.LinkedHashMap<>();
    tests
        .files()
        .forEach(
            (name, file) -> {
              List<Change> changes = new ArrayList<>();
              for (TestResult result : tests.results()) {
                if (result.file().equals(name) && !result.passed() && isMeant(result)) {
                  collect(result, changes);
                }
              }
              if (!changes.isEmpty()) {
                texts.put(name, rewritten(file.text().text(), changes));
              }
            });
    return texts;
  }

  /** The names of failed tests whose expectations stay as they are. */
  public static List<String> left(PipelineTests tests) {
    return tests.results().stream()
        .filter(result -> !result.passed() && !isMeant(result))
        .map(result -> result.test().name())
        .toList();
  }

  /**
   * Whether what came out may be what the author means: not where a run failed, nor where one way
   * of running gave what is expected and another did not.
   */
  private static boolean isMeant(TestResult result) {
    return result.problem().isEmpty() && result.failedIn().filter(TestMode::isFirst).isPresent();
  }

  /** The rows of one sink, from the line of its key on. */
  private record Change(int line, int column, String key, List<Json> rows) {}

  private static void collect(TestResult result, List<Change> changes) {
    for (Expected expected : result.test().then()) {
      String sink = expected.sink().name();
      boolean differs = result.differences().stream().anyMatch(d -> d.sink().equals(sink));
      if (differs) {
        List<Json> rows = result.sinks().getOrDefault(sink, List.of());
        changes.add(
            new Change(
                expected.sink().origin().line(), expected.sink().origin().column(), sink, rows));
      }
    }
  }

  private static String rewritten(String text, List<Change> changes) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    List<Change> fromBelow = new ArrayList<>(changes);
    fromBelow.sort(Comparator.comparingInt(Change::line).reversed());
    for (Change change : fromBelow) {
      int first = change.line() - 1;
      int indent = change.column() - 1;
      if (!lines.get(first).substring(0, Math.min(indent, lines.get(first).length())).isBlank()) {
        continue;
      }
      int end = first + 1;
      while (end < lines.size() && belongs(lines.get(end), indent)) {
        end++;
      }
      while (end > first + 1 && lines.get(end - 1).isBlank()) {
        end--;
      }
      List<String> written = new ArrayList<>();
      String margin = " ".repeat(indent);
      written.add(margin + change.key() + (change.rows().isEmpty() ? ": []" : ":"));
      change.rows().forEach(row -> written.add(margin + "  - " + row.toText()));
      lines.subList(first, end).clear();
      lines.addAll(first, written);
    }
    return String.join("\n", lines);
  }

  /**
   * Whether a line belongs to the value of a key that is so far indented; a list may begin at the
   * key's own column.
   */
  private static boolean belongs(String line, int indent) {
    if (line.isBlank()) {
      return true;
    }
    int own = line.length() - line.stripLeading().length();
    return own > indent || own == indent && line.stripLeading().startsWith("- ");
  }
}
