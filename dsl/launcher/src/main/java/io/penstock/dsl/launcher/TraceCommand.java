package io.penstock.dsl.launcher;

import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import io.penstock.dsl.launcher.problems.JsonText;
import io.penstock.dsl.launcher.problems.ProblemLines;
import io.penstock.dsl.launcher.trace.Surroundings;
import io.penstock.dsl.launcher.trace.Trace;
import io.penstock.dsl.launcher.trace.TraceDocument;
import io.penstock.dsl.launcher.trace.TraceText;
import io.penstock.dsl.launcher.trace.Tracing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Shows what becomes of one record. */
@CommandLine.Command(
    name = "trace",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = {
      "Shows what becomes of one record of a source: its bytes, its row after each step, why it",
      "left, and the bytes that each sink would write. Reads the source up to the record, and what",
      "its rows meet; writes nothing, keeps no state."
    })
final class TraceCommand implements Command {
  /** How it is shown. */
  enum Form {
    TEXT,
    JSON
  }

  @CommandLine.Parameters(paramLabel = "FILE", description = "The pipeline file.")
  String file = "";

  @CommandLine.Option(
      names = "--record",
      paramLabel = "N",
      required = true,
      description = "The number of the record in its source, in reading order, from 1.")
  String record = "";

  @CommandLine.Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source; may be left out where the pipeline has one.")
  Optional<String> source = Optional.empty();

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text or json; text where left out.")
  Form format = Form.TEXT;

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
      description = "A cage: nothing outside is read.")
  Optional<String> confine = Optional.empty();

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
    long number = number();
    Named named = new PipelineFiles(shell).file(file);
    Checker checker = new Checker(shell, confine.map(shell::path));
    ProblemLines lines = new ProblemLines(checker::text, shell.look().errColours());
    Language.Checked checked =
        checker.check(
            named, Parameters.of(parameters), new PipelineChecker.Leave(false, allowJava));
    for (Problem problem : checked.problems()) {
      if (!problem.isWarning()) {
        shell.err().print(lines.of(problem));
      }
    }
    if (checked.plan().isEmpty()) {
      return ExitCode.DEFINITION.number();
    }
    LogicalPlan plan = checked.plan().get();
    LogicalNode node = source(plan);
    if (!((Operation.Read) node.operation()).source().traits().replayable()) {
      shell.err().print(lines.of(readOnce(node)));
      return ProblemCode.R213.exitCode();
    }
    Path folder = root.map(shell::path).orElse(named.path().resolveSibling("").normalize());
    Surroundings surroundings =
        new Surroundings(
            folder,
            confine.map(shell::path),
            RunCommand.spill(),
            shell.disk(),
            shell.clock(),
            shell.scheduler());
    return trace(new Tracing(plan, node, number, surroundings), node, lines, shell);
  }

  private long number() {
    try {
      long number = Long.parseLong(record);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, as other numbers that do not do.
    }
    throw new UsageException("--record must be a whole number from 1 on, not `" + record + "`");
  }

  private int trace(Tracing tracing, LogicalNode node, ProblemLines lines, Shell shell) {
    Tracing.Outcome outcome;
    try {
      outcome = tracing.trace();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.UNFINISHED.number();
    }
    if (outcome instanceof Tracing.Outcome.Broken broken) {
      shell.err().print(lines.of(broken.problem()));
      return broken.problem().code().exitCode();
    }
    if (outcome instanceof Tracing.Outcome.Beyond beyond) {
      throw new UsageException(
          "--record "
              + record
              + ": `"
              + node.step()
              + "` has "
              + (beyond.records() == 0
                  ? "no record"
                  : beyond.records() == 1 ? "1 record" : beyond.records() + " records"));
    }
    Trace found = ((Tracing.Outcome.Found) outcome).trace();
    shell
        .out()
        .print(
            format == Form.TEXT
                ? TraceText.of(found)
                : JsonText.pretty(TraceDocument.of(found)) + "\n");
    return ExitCode.OK.number();
  }

  private LogicalNode source(LogicalPlan plan) {
    List<LogicalNode> sources =
        plan.nodes().stream().filter(n -> n.operation() instanceof Operation.Read).toList();
    List<String> names = sources.stream().map(LogicalNode::step).toList();
    if (source.isEmpty() && sources.size() > 1) {
      throw new UsageException(
          "which source? --source " + names.stream().collect(Collectors.joining(", --source ")));
    }
    return sources.stream()
        .filter(node -> source.isEmpty() || node.step().equals(source.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--source: the pipeline has no source `"
                        + source.orElse("")
                        + "`: "
                        + Nearest.hint(source.orElse(""), "sources of the pipeline", names)));
  }

  private static Problem readOnce(LogicalNode node) {
    return Problem.of(
        ProblemCode.R213,
        node.origin(),
        "`" + node.step() + "` gives each record once, so reading it would take it away",
        "save what it gives to a file, and trace a copy of the pipeline that reads the file");
  }
}
