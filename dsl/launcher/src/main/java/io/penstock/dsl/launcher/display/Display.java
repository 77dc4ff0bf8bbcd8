package io.penstock.dsl.launcher.display;

import io.penstock.api.problem.Problem;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import java.time.Duration;

/**
 * Shows a run on standard error. {@link #log} may be called by any thread; the others come from one
 * thread, {@link #end} last.
 */
public interface Display {
  /** How often it wants to be told. */
  Duration interval();

  /** How far the run is. */
  void progress(RunReport report);

  /** A line of the {@code log} step or of the engine. */
  void log(RunRequest.LogLine line);

  /** Something to say about the run as a whole. */
  void say(String text);

  /** What is wrong, before or after the run. */
  void problem(Problem problem);

  /** The run is over. */
  void end(RunReport report, Closing closing);
}
