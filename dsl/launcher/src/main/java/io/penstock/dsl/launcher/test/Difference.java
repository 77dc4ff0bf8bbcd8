package io.penstock.dsl.launcher.test;

import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.launcher.test.TestCase.Expected;
import io.penstock.dsl.launcher.test.TestCase.Match;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What one sink gave that a test did not expect.
 *
 * @param missing expected, but absent
 * @param surplus present, but not expected
 */
record Difference(String sink, List<Mapping> missing, List<Json> surplus, boolean orderOnly) {
  Difference {
    missing = List.copyOf(missing);
    surplus = List.copyOf(surplus);
  }

  boolean isNone() {
    return missing.isEmpty() && surplus.isEmpty() && !orderOnly;
  }

  static Difference between(Expected expected, List<Json> actual) {
    List<Mapping> missing = new ArrayList<>(expected.rows());
    List<Json> surplus = new ArrayList<>(actual);
    // The strictest expectation first, so that one with few fields does not take another's row.
    List<Mapping> byStrictness = new ArrayList<>(expected.rows());
    byStrictness.sort((a, b) -> Integer.compare(b.entries().size(), a.entries().size()));
    for (Mapping row : byStrictness) {
      for (int i = 0; i < surplus.size(); i++) {
        if (RowMatch.matches(row, surplus.get(i))) {
          surplus.remove(i);
          missing.remove(row);
          break;
        }
      }
    }
    if (expected.match() == Match.CONTAINS) {
      surplus.clear();
    }
    boolean orderOnly =
        expected.match() == Match.IN_ORDER
            && missing.isEmpty()
            && surplus.isEmpty()
            && !inOrder(expected.rows(), actual);
    return new Difference(expected.sink().name(), missing, surplus, orderOnly);
  }

  private static boolean inOrder(List<Mapping> expected, List<Json> actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!RowMatch.matches(expected.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }
}
