package io.penstock.dsl.launcher;

import io.penstock.dsl.language.document.Reference;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.transform.TransformConfig;
import io.penstock.dsl.launcher.explain.FunctionPages;
import java.util.Optional;
import picocli.CommandLine;

/** Prints the reference of components, functions and codes. */
@CommandLine.Command(
    name = "reference",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Prints the reference; with a name, the page of a component, function or code.")
final class ReferenceCommand implements Command {
  @CommandLine.Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Such as filter, upper or E301.")
  Optional<String> name = Optional.empty();

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    Components components = Components.of(Checker.catalogues());
    if (name.isEmpty()) {
      shell.out().print(Reference.of(components, TransformConfig.class, FunctionPages.all()));
      return ExitCode.OK.number();
    }
    Optional<String> page =
        Reference.page(components, TransformConfig.class, FunctionPages.all(), name.get());
    shell
        .out()
        .print(
            page.orElseThrow(
                () ->
                    new UsageException(
                        "no page `" + name.get() + "`: run-pipeline reference prints all")));
    return ExitCode.OK.number();
  }
}
