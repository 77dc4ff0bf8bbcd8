package io.penstock.dsl.launcher;

import io.penstock.api.problem.Problem;
import io.penstock.core.delivery.Guarantee;
import io.penstock.core.delivery.Paths;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.core.upgrade.Upgrade;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.launcher.change.DifferenceText;
import io.penstock.dsl.launcher.change.PlanDifference;
import io.penstock.dsl.launcher.problems.JsonText;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;

/** Shows what an edit of a pipeline changes. */
@CommandLine.Command(
    name = "diff",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = {
      "Shows what changes from one version of a pipeline to another: what steps do, their fields,",
      "the guarantee, and which state is kept, migrated or lost. Ends with 0 where a run could go",
      "on with its state, with 2 where it would be refused or a file is wrong."
    })
final class DiffCommand implements Command {
  /** How it is shown. */
  enum Form {
    TEXT,
    JSON
  }

  @CommandLine.Parameters(index = "0", paramLabel = "OLD", description = "The earlier version.")
  String old = "";

  @CommandLine.Parameters(index = "1", paramLabel = "NEW", description = "The edited version.")
  String edited = "";

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text or json; text where left out.")
  Form format = Form.TEXT;

  @CommandLine.Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Sets a parameter of both; may stand several times.")
  List<String> parameters = new ArrayList<>();

  @CommandLine.Option(
      names = "--state-change",
      paramLabel = "CHANGE",
      description =
          "What is allowed: drop=STEP, reset-source=STEP or new-sink=STEP; may stand several"
              + " times.")
  List<String> changes = new ArrayList<>();

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
    Checker checker = new Checker(shell);
    ProblemLines lines = new ProblemLines(checker::text, shell.look().errColours());
    Optional<LogicalPlan> before = checked(old, checker, lines, shell);
    Optional<LogicalPlan> now = checked(edited, checker, lines, shell);
    if (before.isEmpty() || now.isEmpty()) {
      return ExitCode.DEFINITION.number();
    }
    PlanDifference.Version earlier = version(before.get());
    Upgrade upgrade = Upgrade.check(earlier.print(), now.get(), StateChanges.of(changes));
    PlanDifference difference = PlanDifference.of(earlier, version(now.get()), upgrade);
    if (format == Form.JSON) {
      shell.out().print(JsonText.pretty(DifferenceText.document(difference)) + "\n");
    } else {
      shell.out().print(DifferenceText.of(difference));
      upgrade.problems().forEach(problem -> shell.out().print(lines.of(problem)));
    }
    return (upgrade.isAllowed() ? ExitCode.OK : ExitCode.DEFINITION).number();
  }

  private static PlanDifference.Version version(LogicalPlan plan) {
    return new PlanDifference.Version(PlanPrint.of(plan), guarantees(plan));
  }

  private static Map<String, String> guarantees(LogicalPlan plan) {
    Map<String, String> guarantees = new TreeMap<>();
    boolean keepsState = StateUse.keepsState(plan, StateUse.Wish.NONE);
    for (Paths.Path path : Paths.of(plan, keepsState)) {
      Guarantee guarantee = path.guarantee();
      String weakest = guarantee.weakest().isEmpty() ? "" : ": " + guarantee.weakest();
      guarantees.put(
          path.sink().step() + " <- " + path.source().step(), guarantee.words() + weakest);
    }
    return guarantees;
  }

  private Optional<LogicalPlan> checked(
      String name, Checker checker, ProblemLines lines, Shell shell) {
    Language.Checked checked =
        checker.check(
            new PipelineFiles(shell).file(name),
            Parameters.of(parameters),
            new PipelineChecker.Leave(false, allowJava));
    for (Problem problem : checked.problems()) {
      if (!problem.isWarning()) {
        shell.err().print(lines.of(problem));
      }
    }
    return checked.plan();
  }
}
