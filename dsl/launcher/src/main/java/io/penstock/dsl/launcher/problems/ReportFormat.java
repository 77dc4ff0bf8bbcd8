package io.penstock.dsl.launcher.problems;

/** The forms in which checked files are reported. */
public enum ReportFormat {
  TEXT,
  JSON,
  SARIF,
  JUNIT,
  GITHUB;

  /** The writer of this form. */
  public ReportWriter writer(Excerpts excerpts, boolean colours) {
    return switch (this) {
      case TEXT -> new TextReport(new ProblemLines(excerpts, colours));
      case JSON -> new JsonReport();
      case SARIF -> new SarifReport();
      case JUNIT -> new JunitReport(new ProblemLines(excerpts, false));
      case GITHUB -> new GithubReport();
    };
  }
}
