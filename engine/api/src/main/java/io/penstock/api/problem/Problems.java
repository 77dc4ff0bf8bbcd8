package io.penstock.api.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems while a file is read, so that one run reports all of them. Single-threaded. */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  /** Adds a problem; the same problem at the same place counts once. */
  public void add(Problem problem) {
    found.add(problem);
  }

  /** Adds a problem without a hint. */
  public void add(ProblemCode code, Origin origin, String message) {
    add(Problem.of(code, origin, message));
  }

  /** Adds a problem with its next action. */
  public void add(ProblemCode code, Origin origin, String message, String hint) {
    add(Problem.of(code, origin, message, hint));
  }

  /** Adds all of another collector's problems. */
  public void addAll(Problems others) {
    found.addAll(others.found);
  }

  /** Whether there is any problem that is no warning. */
  public boolean hasErrors() {
    return found.stream().anyMatch(p -> !p.isWarning());
  }

  /** How many problems there are, warnings among them. */
  public int size() {
    return found.size();
  }

  /** All problems, by file in the order met, then by line and column. */
  public List<Problem> inFileOrder() {
    List<String> files = new ArrayList<>();
    for (Problem problem : found) {
      if (!files.contains(problem.origin().file())) {
        files.add(problem.origin().file());
      }
    }
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparingInt((Problem p) -> files.indexOf(p.origin().file()))
            .thenComparing(Problem::origin));
    return List.copyOf(sorted);
  }
}
