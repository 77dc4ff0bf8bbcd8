package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Problem;
import java.io.PrintStream;
import java.util.List;

/** The report for people: a line for a file that is right, else its problems. */
final class TextReport implements ReportWriter {
  private final ProblemLines lines;

  TextReport(ProblemLines lines) {
    this.lines = lines;
  }

  @Override
  public void write(List<CheckedFile> files, PrintStream to) {
    int errors = 0;
    int warnings = 0;
    for (CheckedFile file : files) {
      for (Problem problem : file.problems()) {
        to.print(lines.of(problem));
        if (problem.isWarning()) {
          warnings++;
        } else {
          errors++;
        }
      }
      if (!file.hasErrors()) {
        to.print(file.name());
        to.print(": ok\n");
        for (String note : file.notes()) {
          to.print("  ");
          to.print(note);
          to.print('\n');
        }
      }
    }
    if (errors + warnings > 0) {
      to.print(Counted.of(errors, "error"));
      to.print(warnings == 0 ? "" : ", " + Counted.of(warnings, "warning"));
      to.print(files.size() == 1 ? "\n" : " in " + files.size() + " files\n");
    }
  }
}
