package io.penstock.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What an output must have: for each lane, such as a split of a source, these rows in this order.
 * How lanes are mixed is left open. An outside reader sees more and more of it, and never less.
 */
public final class Lanes {
  private final String name;
  private final Function<String, String> lane;
  private final Map<String, List<String>> expected = new TreeMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private List<String> seen = List.of();

  /**
   * An output.
   *
   * @param lane of a row
   */
  public Lanes(String name, Function<String, String> lane) {
    this.name = name;
    this.lane = lane;
  }

  /** One more row that must come. */
  public Lanes expect(String row) {
    expected.computeIfAbsent(lane.apply(row), l -> new ArrayList<>()).add(row);
    return this;
  }

  /** How many rows of a lane are there. */
  public int count(String of) {
    return counts.getOrDefault(of, 0);
  }

  /** What is wrong with what an outside reader sees now. */
  public Optional<String> see(List<String> rows) {
    if (!begins(rows)) {
      return Optional.of(name + ": what was seen has changed: " + seen + " is now " + rows);
    }
    for (int i = seen.size(); i < rows.size(); i++) {
      String row = rows.get(i);
      String of = lane.apply(row);
      List<String> right = expected.getOrDefault(of, List.of());
      int count = counts.merge(of, 1, Integer::sum);
      if (count > right.size() || !right.get(count - 1).equals(row)) {
        String due = count > right.size() ? "nothing" : right.get(count - 1);
        return Optional.of(name + ": " + row + " has come, though " + due + " was due");
      }
    }
    seen = List.copyOf(rows);
    return Optional.empty();
  }

  /**
   * The world has taken back the last of what was seen, so that from now on an outside reader sees
   * these; what is not the beginning of what was seen is left to {@link #see}.
   */
  public void takenBack(List<String> left) {
    if (left.size() < seen.size() && seen.subList(0, left.size()).equals(left)) {
      for (String row : seen.subList(left.size(), seen.size())) {
        counts.merge(lane.apply(row), -1, Integer::sum);
      }
      seen = List.copyOf(left);
    }
  }

  /** Whether these begin with what was seen. */
  private boolean begins(List<String> rows) {
    if (rows.size() < seen.size()) {
      return false;
    }
    for (int i = 0; i < seen.size(); i++) {
      if (!rows.get(i).equals(seen.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether everything has come. */
  public boolean isComplete() {
    return expected.entrySet().stream().allMatch(e -> count(e.getKey()) == e.getValue().size());
  }

  /** What is missing; empty for nothing. */
  public Optional<String> missing() {
    for (Map.Entry<String, List<String>> due : expected.entrySet()) {
      if (count(due.getKey()) < due.getValue().size()) {
        return Optional.of(name + ": " + due.getValue().get(count(due.getKey())) + " is missing");
      }
    }
    return Optional.empty();
  }

  /** What is missing of the rows that come before one, by their number; empty for nothing. */
  public Optional<String> missingBefore(long seq, Function<String, Long> seqOf, String of) {
    List<String> due = expected.getOrDefault(of, List.of());
    int next = count(of);
    return next < due.size() && seqOf.apply(due.get(next)) < seq
        ? Optional.of(name + ": " + due.get(next) + " is acknowledged but not there")
        : Optional.empty();
  }
}
