package io.penstock.dsl.launcher;

import io.penstock.dsl.launcher.PipelineFiles.Named;
import java.nio.charset.StandardCharsets;

/** Tells pipelines from the other YAML files of a folder. */
final class PipelineFilter {
  private final PipelineFiles files;

  PipelineFilter(Shell shell) {
    this.files = new PipelineFiles(shell);
  }

  /** Whether the file has the sections of a pipeline and is none of tests. */
  boolean isPipeline(Named file) {
    if (isTest(file)) {
      return false;
    }
    String text = "\n" + new String(files.bytes(file), StandardCharsets.UTF_8);
    return text.contains("\nsources:") || text.contains("\nsinks:");
  }

  /** Whether the file holds tests, by its name. */
  static boolean isTest(Named file) {
    String name = String.valueOf(file.path().getFileName());
    if (name.endsWith(".test.yaml") || name.endsWith(".test.yml")) {
      return true;
    }
    java.nio.file.Path folder = file.path().getParent();
    return folder != null
        && folder.getFileName() != null
        && folder.getFileName().toString().equals("tests");
  }
}
