package io.penstock.dsl.launcher;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.checkpoint.RunFolder;
import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.core.inspect.Rewind;
import io.penstock.core.inspect.Verification;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.dsl.launcher.problems.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Takes kept state back to an earlier epoch. */
@CommandLine.Command(
    name = "state rewind",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Takes the kept state back to an epoch; the next run goes on from there.")
final class StateRewindCommand implements Command {
  private static final int NAME_LENGTH = 32;

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A run's folder, or a state folder with one run.")
  String folder = "";

  @CommandLine.Parameters(index = "1", paramLabel = "EPOCH", description = "One of `state ls`.")
  long epoch;

  @CommandLine.Option(
      names = "--allow-duplicates",
      description = "Allows it where outputs have gone further, and so get rows again.")
  boolean duplicates;

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text or json; text where left out.")
  StateForm format = StateForm.TEXT;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    try {
      KeptFolder run = StateFolders.one(shell, folder);
      long target = StateShowCommand.chosen(run, Optional.of(epoch));
      RunFolder.Opening who =
          new RunFolder.Opening(
              run.identity().pipeline(), "", "`state rewind`", shell.clock().micros(), "");
      try (RunFolder held =
          RunFolder.open(shell.disk(), run.path(), who, false, CrashPoints.NONE)) {
        whole(shell, run, target);
        Rewind.Result result = Rewind.to(held, target, name(shell), duplicates);
        shell.out().print(shown(target, result));
      }
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw StateProblems.of(folder, e);
    }
  }

  /** Nobody goes back to what is damaged itself. */
  private void whole(Shell shell, KeptFolder run, long target) throws IOException {
    Verification.Result result = Verification.of(shell.disk(), run);
    if (!result.whole().contains(target) && !isOtherRun(run, target)) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.R104,
              Origin.file(folder),
              "epoch " + target + " is not whole",
              "`run-pipeline state verify` tells which epochs are"));
    }
  }

  /** A rewind that was broken off leaves a checkpoint under the new name. */
  private static boolean isOtherRun(KeptFolder run, long target) throws IOException {
    return !run.checkpoints().read(target).run().equals(run.identity().run());
  }

  private String shown(long target, Rewind.Result result) {
    if (format == StateForm.JSON) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("epoch", target);
      document.put("gone", result.gone());
      document.put("rows_again", result.repeats());
      return JsonText.pretty(document) + "\n";
    }
    String gone =
        result.gone().isEmpty()
            ? "nothing was later"
            : "gone: "
                + result.gone().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String repeats =
        result.repeats().isEmpty()
            ? ""
            : "; rows are written again to " + String.join(", ", result.repeats());
    return "the next run goes on from epoch " + target + "; " + gone + repeats + "\n";
  }

  private static String name(Shell shell) {
    String drawn = shell.clock().nanos() + " " + shell.clock().micros();
    String digits =
        PlanPrint.hash(drawn) + PlanPrint.hash(drawn + "b") + PlanPrint.hash(drawn + "c");
    return digits.substring(0, NAME_LENGTH);
  }
}
