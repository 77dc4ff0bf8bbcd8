package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import java.io.PrintStream;
import java.util.List;

/** The report as annotations that GitHub's runners put beside the lines. */
final class GithubReport implements ReportWriter {
  @Override
  public void write(List<CheckedFile> files, PrintStream to) {
    for (CheckedFile file : files) {
      for (Problem problem : file.problems()) {
        to.print(annotation(problem));
        to.print('\n');
      }
    }
  }

  private static String annotation(Problem problem) {
    Origin at = problem.origin();
    StringBuilder text = new StringBuilder(problem.isWarning() ? "::warning " : "::error ");
    text.append("file=").append(property(at.file()));
    if (at.line() > 0) {
      text.append(",line=").append(at.line());
    }
    if (at.column() > 0) {
      text.append(",col=").append(at.column());
      text.append(",endColumn=").append(at.column() + at.length());
    }
    text.append(",title=").append(property(problem.code() + " " + problem.code().title()));
    text.append("::").append(data(problem.message()));
    problem.hint().ifPresent(hint -> text.append("%0Ahelp: ").append(data(hint)));
    return text.toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
