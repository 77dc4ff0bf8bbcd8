package io.penstock.dsl.launcher;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.system.Disk;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.replay.LetterFile;
import io.penstock.core.replay.Replay;
import io.penstock.core.replay.ReplayMark;
import io.penstock.core.replay.Surroundings;
import io.penstock.core.report.RunReport;
import io.penstock.core.run.EmbeddedRunner;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.system.CagedFiles;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import io.penstock.dsl.launcher.display.Closing;
import io.penstock.dsl.launcher.display.PlainDisplay;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;

/** Puts dead letters back into the pipeline at the place where they failed. */
@CommandLine.Command(
    name = "replay",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = {
      "Puts the dead letters of a file back into their pipeline at the place where they failed.",
      "Sinks add what comes of them to what is there; letters that fail again are dead letters",
      "again, with a higher `attempt`. FILE.replayed beside the file tells what is done."
    })
final class ReplayCommand implements Command {
  @CommandLine.Parameters(
      paramLabel = "FILE",
      description = "A file of dead letters, as the engine writes them: JSON, one on each line.")
  String file = "";

  @CommandLine.Option(
      names = "--pipeline",
      paramLabel = "FILE",
      required = true,
      description = "The pipeline file.")
  String pipeline = "";

  @CommandLine.Option(
      names = "--leave",
      description = "Replays what can be replayed and leaves letters that cannot.")
  boolean leave;

  @CommandLine.Option(
      names = "--again",
      description = "Replays letters that were replayed before, too.")
  boolean again;

  @CommandLine.Option(
      names = "--partial",
      description =
          "Lets letters reach steps that work on all rows (aggregate, top, ...), which see them"
              + " alone.")
  boolean partial;

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
      description = "A cage: nothing outside is read or written.")
  Optional<String> confine = Optional.empty();

  @CommandLine.Option(
      names = "--allow-java",
      description = "Allows `java` steps, whose code is not sandboxed.")
  boolean allowJava;

  @CommandLine.Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Where runs of the pipeline keep state; PENSTOCK_STATE, else .penstock beside the"
              + " pipeline file, where left out.")
  Optional<String> state = Optional.empty();

  @CommandLine.Option(names = "--quiet", description = "Shows problems only.")
  boolean quiet;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    Named letters = new PipelineFiles(shell).file(file);
    Named named = new PipelineFiles(shell).file(pipeline);
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
    Path folder = root.map(shell::path).orElse(named.path().resolveSibling("").normalize());
    try {
      return replay(checked.plan().get(), letters, named, folder, lines, shell);
    } catch (IOException e) {
      throw new UsageException("`" + file + "` cannot be read or marked: " + e.getMessage());
    }
  }

  private int replay(
      LogicalPlan plan, Named letters, Named named, Path folder, ProblemLines lines, Shell shell)
      throws IOException {
    Disk disk = shell.disk();
    ReplayMark done = again ? ReplayMark.none() : ReplayMark.read(disk, letters.path());
    long bytes = disk.entry(letters.path()).map(Disk.Entry::size).orElse(0L);
    LetterFile meant = new LetterFile(letters.path(), done.bytes(), done.left(), bytes, Set.of());
    CagedFiles files =
        new CagedFiles(disk, folder, confine.map(shell::path), Origin.file(pipeline));
    Replay replay =
        Replay.of(plan, meant, file, partial, new Surroundings(disk, files, shell.clock()));
    keptOutputs(replay, named, shell);
    replay.problems().forEach(problem -> shell.err().print(lines.of(problem)));
    if (replay.refused() > 0 && !leave) {
      shell.err().print("nothing is replayed\n");
      return ExitCode.DATA.number();
    }
    replay.going().forEach((step, count) -> say("letters for `" + step + "`: " + count, shell));
    int code = ExitCode.OK.number();
    if (replay.plan().isPresent()) {
      code = run(replay.plan().get(), folder, lines, shell);
    } else if (replay.refused() == 0) {
      say("no letter is left to replay", shell);
    }
    if (code == ExitCode.OK.number()) {
      ReplayMark.write(disk, letters.path(), bytes, replay.left());
      return (replay.refused() > 0 ? ExitCode.DATA : ExitCode.OK).number();
    }
    return code;
  }

  /**
   * Where a run with kept state writes its rows at a place that it remembers, nobody else may add
   * any.
   */
  private void keptOutputs(Replay replay, Named named, Shell shell) throws IOException {
    if (replay.plan().isEmpty()) {
      return;
    }
    LogicalPlan plan = replay.plan().get();
    Path states =
        state
            .or(() -> shell.variable("PENSTOCK_STATE").filter(name -> !name.isEmpty()))
            .map(shell::path)
            .orElseGet(() -> named.path().resolveSibling(".penstock"));
    if (KeptFolder.at(shell.disk(), states.resolve(plan.name())).isEmpty()) {
      return;
    }
    for (LogicalNode node : plan.nodes()) {
      boolean remembered =
          node.operation() instanceof Operation.Write write
              && write.sink().traits(StateUse.of(write, plan.settings(), true)).kind()
                  == SinkTraits.Kind.SPOOLED;
      if (remembered) {
        throw new PipelineException(
            Problem.of(
                ProblemCode.R212,
                node.origin(),
                "letters would go to the sink `"
                    + node.step()
                    + "`, whose end the kept state of `"
                    + plan.name()
                    + "` remembers",
                "replay with a copy of the file whose sinks write elsewhere"));
      }
    }
  }

  private void say(String text, Shell shell) {
    if (!quiet) {
      shell.err().print(text + "\n");
    }
  }

  private int run(LogicalPlan plan, Path folder, ProblemLines lines, Shell shell) {
    PlainDisplay display = new PlainDisplay(shell.err(), lines, quiet);
    RunRequest request = request(folder, display, shell);
    RunLoop loop = new RunLoop(display, shell.clock(), Until.duration("--deadline", "30s"));
    try (LastResort resort = loop.lastResort(shell);
        Signals signals = loop.signals(resort)) {
      RunReport report = loop.await(new EmbeddedRunner().start(plan, request));
      display.end(report, Closing.of(PeakMemory.bytes(shell)));
      return Endings.exitCode(report, plan, Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.UNFINISHED.number();
    }
  }

  private RunRequest request(Path folder, PlainDisplay display, Shell shell) {
    return new RunRequest(
        Optional.empty(),
        Runtime.getRuntime().availableProcessors(),
        OptionalInt.empty(),
        true,
        folder,
        confine.map(shell::path),
        java.util.OptionalLong.empty(),
        Optional.empty(),
        shell.clock().nanos() ^ shell.clock().micros(),
        shell.disk(),
        shell.clock(),
        shell.scheduler(),
        shell.console(),
        display::log);
  }
}
