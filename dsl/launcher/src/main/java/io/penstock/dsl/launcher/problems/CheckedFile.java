package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Problem;
import java.util.List;

/**
 * A file that was checked.
 *
 * @param name as the user gave it
 * @param problems in the order of the file, warnings among them
 * @param notes what to say of a file that is right: what each sink gets
 */
public record CheckedFile(String name, List<Problem> problems, List<String> notes) {
  public CheckedFile {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Whether any problem is no warning. */
  public boolean hasErrors() {
    for (Problem problem : problems) {
      if (!problem.isWarning()) {
        return true;
      }
    }
    return false;
  }
}
