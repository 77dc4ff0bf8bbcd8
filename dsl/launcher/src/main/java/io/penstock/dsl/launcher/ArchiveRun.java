package io.penstock.dsl.launcher;

import java.nio.file.Path;

/**
 * What {@code run-pipeline} does while Java archives the classes that are loaded: checks a pipeline
 * that has a bit of everything and runs a small one.
 */
final class ArchiveRun {
  private ArchiveRun() {}

  /**
   * Called as a program.
   *
   * @param args the folder of the two pipelines
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Shell shell = Main.shell();
    Commands.run(new String[] {"validate", folder.resolve("check.yaml").toString()}, shell);
    String run = folder.resolve("run.yaml").toString();
    Main.main(new String[] {"run", "--quiet", run});
  }
}
