package io.penstock.dsl.launcher.problems;

import java.io.PrintStream;
import java.util.List;

/** Writes a report of checked files in one form. */
@FunctionalInterface
public interface ReportWriter {
  void write(List<CheckedFile> files, PrintStream to);
}
