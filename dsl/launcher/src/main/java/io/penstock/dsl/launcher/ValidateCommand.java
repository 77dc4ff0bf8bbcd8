package io.penstock.dsl.launcher;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.core.inspect.Connections;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import io.penstock.dsl.launcher.problems.CheckedFile;
import io.penstock.dsl.launcher.problems.ReportFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Reports all problems of all files, runs nothing. */
@CommandLine.Command(
    name = "validate",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Reports all problems of pipeline files; a folder stands for the files below it.")
final class ValidateCommand implements Command {
  /** How long outside systems may take to answer. */
  private static final Duration REACHED = Duration.ofSeconds(8);

  @CommandLine.Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  List<String> paths = List.of();

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, sarif, junit or github; text where left out.")
  ReportFormat format = ReportFormat.TEXT;

  @CommandLine.Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Sets a parameter; may stand several times.")
  List<String> parameters = new ArrayList<>();

  @CommandLine.Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The base of relative paths; the pipeline file's folder where left out.")
  Optional<String> root = Optional.empty();

  @CommandLine.Option(
      names = "--confine",
      paramLabel = "DIR",
      description = "A cage: what would be read or written outside is a problem.")
  Optional<String> confine = Optional.empty();

  @CommandLine.Option(
      names = "--against-state",
      paramLabel = "DIR",
      description = "Also tells what becomes of the state that is kept there; starts nothing.")
  Optional<String> againstState = Optional.empty();

  @CommandLine.Option(
      names = "--state-change",
      paramLabel = "CHANGE",
      description =
          "With --against-state, what is allowed: drop=STEP, reset-source=STEP, new-sink=STEP.")
  List<String> changes = new ArrayList<>();

  @CommandLine.Option(
      names = "--connect",
      description =
          "Also reaches what the pipelines read and write, at most 10 s, and changes nothing there.")
  boolean connect;

  @CommandLine.Option(names = "--strict", description = "Warnings are errors.")
  boolean strict;

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
    Map<String, String> values = Parameters.of(parameters);
    Checker checker = new Checker(shell, confine.map(shell::path));
    List<Named> files =
        new PipelineFiles(shell).files(paths, new PipelineFilter(shell)::isPipeline);
    if (files.isEmpty()) {
      throw new UsageException("no pipeline file below `" + String.join("`, `", paths) + "`");
    }
    List<CheckedFile> reports = new ArrayList<>();
    boolean wrong = false;
    for (Named file : files) {
      Language.Checked checked =
          checker.check(file, values, new PipelineChecker.Leave(strict, allowJava));
      List<Problem> problems = new ArrayList<>(problems(checked, file, shell));
      List<String> notes =
          new ArrayList<>(
              checked.plan().map(p -> PathNotes.of(p, shell.clock())).orElse(List.of()));
      if (againstState.isPresent() && checked.plan().isPresent()) {
        AgainstState.Found found =
            new AgainstState(shell, againstState.get(), StateChanges.of(changes))
                .of(checked.plan().get(), file.name());
        problems.addAll(found.problems());
        notes.addAll(found.notes());
      }
      if (connect && checked.plan().isPresent()) {
        Problems all = new Problems();
        problems.forEach(all::add);
        outages(checked.plan().get(), file, shell).forEach(all::add);
        problems = all.inFileOrder();
      }
      CheckedFile report = new CheckedFile(file.name(), problems, notes);
      wrong |= report.hasErrors() || (strict && !report.problems().isEmpty());
      reports.add(report);
    }
    format.writer(checker::text, shell.look().outColours()).write(reports, shell.out());
    return (wrong ? ExitCode.DEFINITION : ExitCode.OK).number();
  }

  private List<Problem> problems(Language.Checked checked, Named file, Shell shell) {
    if (confine.isEmpty() || checked.plan().isEmpty()) {
      return checked.problems();
    }
    Path base = base(file, shell);
    Problems all = new Problems();
    checked.problems().forEach(all::add);
    new Outside(shell.disk(), base, shell.path(confine.get())).look(checked.plan().get(), all);
    return all.inFileOrder();
  }

  private Path base(Named file, Shell shell) {
    return root.map(shell::path).orElse(file.path().resolveSibling("").normalize());
  }

  private List<Problem> outages(LogicalPlan plan, Named file, Shell shell) {
    try {
      return Connections.problems(
          plan,
          new Connections.Surroundings(
              shell.disk(),
              shell.clock(),
              shell.scheduler(),
              base(file, shell),
              confine.map(shell::path),
              REACHED));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
