package io.penstock.dsl.launcher;

import io.penstock.dsl.language.document.EditorSchema;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.transform.TransformConfig;
import picocli.CommandLine;

/** Prints the JSON Schema of pipeline files. */
@CommandLine.Command(
    name = "schema",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Prints the JSON Schema of pipeline files, for editors.")
final class SchemaCommand implements Command {
  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    Components components = Components.of(Checker.catalogues());
    shell.out().print(EditorSchema.of(components, TransformConfig.class));
    return ExitCode.OK.number();
  }
}
