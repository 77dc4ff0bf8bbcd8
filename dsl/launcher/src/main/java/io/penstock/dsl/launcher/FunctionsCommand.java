package io.penstock.dsl.launcher;

import io.penstock.api.problem.Nearest;
import io.penstock.dsl.language.document.FunctionPage;
import io.penstock.dsl.launcher.explain.FunctionPages;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Documents the functions of expressions. */
@CommandLine.Command(
    name = "functions",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Lists the functions of expressions; with a name, documents that one.")
final class FunctionsCommand implements Command {
  @CommandLine.Parameters(paramLabel = "NAME", arity = "0..1", description = "A function.")
  Optional<String> name = Optional.empty();

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    List<FunctionPage> pages = FunctionPages.all();
    if (name.isEmpty()) {
      list(pages, shell.out());
      return ExitCode.OK.number();
    }
    List<FunctionPage> found = pages.stream().filter(p -> p.name().equals(name.get())).toList();
    if (found.isEmpty()) {
      List<String> known = pages.stream().map(FunctionPage::name).distinct().toList();
      throw new UsageException(
          "no function `" + name.get() + "`\n  help: " + Nearest.hint(name.get(), "all", known));
    }
    for (FunctionPage page : found) {
      shell.out().print(page.signature() + "\n  " + page.summary() + "\n");
      page.examples().forEach(example -> shell.out().print("    " + example + "\n"));
      for (FunctionPage.Names list : page.lists()) {
        shell.out().print("  " + list.heading() + ": " + String.join(" ", list.names()) + "\n");
      }
    }
    return ExitCode.OK.number();
  }

  private static void list(List<FunctionPage> pages, PrintStream out) {
    String family = "";
    for (FunctionPage page : pages) {
      if (!page.family().equals(family)) {
        family = page.family();
        out.print(family + "\n");
      }
      out.print("  " + page.signature() + "\n      " + page.summary() + "\n");
    }
  }
}
