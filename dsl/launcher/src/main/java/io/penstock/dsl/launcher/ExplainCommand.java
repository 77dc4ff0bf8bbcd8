package io.penstock.dsl.launcher;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.optimise.Optimiser;
import io.penstock.core.physical.PhysicalPlanner;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import io.penstock.dsl.launcher.explain.BoundDocument;
import io.penstock.dsl.launcher.explain.DocumentText;
import io.penstock.dsl.launcher.explain.PlanText;
import io.penstock.dsl.launcher.explain.SyntaxDocument;
import io.penstock.dsl.launcher.problems.JsonText;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Shows the plan of a pipeline at any stage. */
@CommandLine.Command(
    name = "explain",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Shows what a pipeline does, step by step, with the fields and their types.")
final class ExplainCommand implements Command {
  /** The products on the way from text to tasks. */
  enum Stage {
    SYNTAX,
    BOUND,
    LOGICAL,
    OPTIMISED,
    PHYSICAL
  }

  /** How it is shown. */
  enum Form {
    TEXT,
    JSON,
    MERMAID
  }

  @CommandLine.Parameters(paramLabel = "FILE", description = "The pipeline file.")
  String file = "";

  @CommandLine.Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "syntax, bound, logical, optimised or physical; logical where left out.")
  Stage stage = Stage.LOGICAL;

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json or mermaid; text where left out.")
  Form format = Form.TEXT;

  @CommandLine.Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Sets a parameter; may stand several times.")
  List<String> parameters = new ArrayList<>();

  @CommandLine.Option(
      names = "--allow-java",
      description = "Allows `java` steps, whose code is not sandboxed.")
  boolean allowJava;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    Named named = new PipelineFiles(shell).file(file);
    if (format == Form.MERMAID && stage != Stage.LOGICAL && stage != Stage.OPTIMISED) {
      throw new UsageException("--format mermaid draws the stages logical and optimised only");
    }
    if (format == Form.JSON && stage == Stage.PHYSICAL) {
      throw new UsageException("--format json does not write the stage physical");
    }
    Checker checker = new Checker(shell);
    ProblemLines lines = new ProblemLines(checker::text, shell.look().errColours());
    Problems problems = new Problems();
    Optional<String> text =
        stage == Stage.SYNTAX
            ? syntax(checker, named, problems)
            : checked(
                checker.check(
                    named, Parameters.of(parameters), new PipelineChecker.Leave(false, allowJava)),
                problems);
    for (Problem problem : problems.inFileOrder()) {
      shell.err().print(lines.of(problem));
    }
    text.ifPresent(shell.out()::print);
    return (text.isEmpty() ? ExitCode.DEFINITION : ExitCode.OK).number();
  }

  private Optional<String> syntax(Checker checker, Named named, Problems problems) {
    return checker
        .read(named, problems)
        .flatMap(text -> SyntaxTree.read(text, problems))
        .map(tree -> document(SyntaxDocument.of(tree.root())));
  }

  private Optional<String> checked(Language.Checked checked, Problems problems) {
    checked.problems().forEach(problems::add);
    return stage == Stage.BOUND
        ? checked.bound().map(bound -> document(BoundDocument.of(bound)))
        : checked.plan().map(this::plan);
  }

  private String document(Map<String, Object> document) {
    return format == Form.JSON ? JsonText.pretty(document) + "\n" : DocumentText.of(document);
  }

  private String plan(LogicalPlan logical) {
    LogicalPlan plan = stage == Stage.LOGICAL ? logical : Optimiser.optimise(logical);
    if (stage == Stage.PHYSICAL) {
      int workers = Runtime.getRuntime().availableProcessors();
      return PhysicalPlanner.plan(plan, workers).toString();
    }
    return switch (format) {
      case TEXT -> PlanText.of(plan);
      case JSON -> JsonText.pretty(PlanText.document(plan)) + "\n";
      case MERMAID -> PlanText.mermaid(plan);
    };
  }
}
