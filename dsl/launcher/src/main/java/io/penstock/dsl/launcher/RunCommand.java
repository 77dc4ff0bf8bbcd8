package io.penstock.dsl.launcher;

import io.penstock.api.problem.Problem;
import io.penstock.core.delivery.Paths;
import io.penstock.core.logical.Delivery;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.report.RunReport;
import io.penstock.core.run.EmbeddedRunner;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import io.penstock.dsl.launcher.display.Closing;
import io.penstock.dsl.launcher.display.Display;
import io.penstock.dsl.launcher.display.JsonDisplay;
import io.penstock.dsl.launcher.display.LiveDisplay;
import io.penstock.dsl.launcher.display.PlainDisplay;
import io.penstock.dsl.launcher.display.Promise;
import io.penstock.dsl.launcher.explain.PlanText;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;

/** Checks a pipeline and runs it. */
@CommandLine.Command(
    name = "run",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Checks a pipeline and runs it; the word `run` may be left out.")
final class RunCommand implements Command {
  @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "The pipeline file.")
  List<String> files = List.of();

  @CommandLine.Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Sets a parameter; may stand several times.")
  List<String> parameters = new ArrayList<>();

  @CommandLine.Option(names = "--strict", description = "Warnings stop the run before it begins.")
  boolean strict;

  @CommandLine.Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "continuous or micro_batch, in place of the file's.")
  Optional<RunSettings.Mode> mode = Optional.empty();

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
      names = "--workers",
      paramLabel = "N",
      description = "Tasks per stage; one per core where left out.")
  Optional<Integer> workers = Optional.empty();

  @CommandLine.Option(
      names = "--batch-rows",
      paramLabel = "N",
      description = "Rows of a batch, forced.")
  Optional<Integer> batchRows = Optional.empty();

  @CommandLine.Option(
      names = "--optimise",
      paramLabel = "on|off",
      description = "Whether the plan is rewritten to run faster; on where left out.")
  String optimise = "on";

  @CommandLine.Option(
      names = "--compile",
      paramLabel = "WHEN",
      description =
          "When expressions are compiled: eager (before the first row), background, off; background"
              + " where left out.")
  String compile = "background";

  @CommandLine.Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "What steps may hold together: 256MiB; half of Java's heap where left out.")
  Optional<String> memory = Optional.empty();

  @CommandLine.Mixin StateOptions state = new StateOptions();

  @CommandLine.Option(
      names = "--until",
      paramLabel = "LIMIT",
      description =
          "When to stop: 30s, \"1000 rows\", or both with | between; a run that keeps state stops"
              + " after so many rows at the earliest.")
  Optional<String> until = Optional.empty();

  @CommandLine.Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "How long a clean stop may take; 30s where left out.")
  String deadline = "30s";

  @CommandLine.Option(names = "--dry-run", description = "Checks and shows the plan; runs nothing.")
  boolean dryRun;

  @CommandLine.Option(
      names = "--log",
      paramLabel = "json",
      description = "Progress, log and summary as one JSON object per line.")
  Optional<String> log = Optional.empty();

  @CommandLine.Option(names = "--quiet", description = "Shows problems only.")
  boolean quiet;

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
    checkArguments();
    Named file = new PipelineFiles(shell).file(files.get(0));
    Checker checker = new Checker(shell, confine.map(shell::path));
    Display display = display(shell, new ProblemLines(checker::text, shell.look().errColours()));
    RunRequest request = request(shell, file, display);
    CrashPoints crashes =
        CrashAt.of(
            System.getProperty(CrashAt.PROPERTY, ""), () -> shell.halt().accept(CrashAt.KILLED));
    Language.Checked checked =
        checker.check(
            file,
            Parameters.of(parameters),
            new PipelineChecker.Leave(strict, allowJava, state.wish()));
    boolean wrong = checked.plan().isEmpty();
    for (Problem problem : checked.problems()) {
      wrong |= strict || !problem.isWarning();
      if (!quiet || !problem.isWarning()) {
        display.problem(problem);
      }
    }
    if (wrong || checked.plan().isEmpty()) {
      return ExitCode.DEFINITION.number();
    }
    if (dryRun) {
      shell.out().print(PlanText.of(checked.plan().get()));
      return ExitCode.OK.number();
    }
    LogicalPlan plan = checked.plan().get();
    Optional<KeptState> kept = state.kept(plan, file, shell);
    RunRequest keeping = kept.map(k -> request.keeping(k, crashes)).orElse(request);
    floor(plan, kept.isPresent());
    return run(plan, keeping, display, shell);
  }

  /** What the file asks for cannot be refused by a flag. */
  private static void floor(LogicalPlan plan, boolean keepsState) {
    for (Paths.Path path : Paths.of(plan, keepsState)) {
      Optional<Delivery> floor =
          ((Operation.Write) path.sink().operation()).floor().or(plan.settings()::delivery);
      if (floor.isPresent() && !path.guarantee().level().reaches(floor.get())) {
        throw new UsageException(
            (keepsState ? "--state" : "--no-state")
                + ": the file asks `"
                + path.sink().step()
                + "` for `delivery: "
                + floor.get().name().toLowerCase(Locale.ROOT)
                + "`, but "
                + path.guarantee().weakest());
      }
    }
  }

  private int run(LogicalPlan plan, RunRequest request, Display display, Shell shell) {
    RunLoop loop = new RunLoop(display, shell.clock(), Until.duration("--deadline", deadline));
    // Watched before the first row: a signal in between would end the process as a kill does.
    try (LastResort resort = loop.lastResort(shell);
        Signals signals = loop.signals(resort)) {
      RunReport report = loop.await(new EmbeddedRunner().start(plan, request));
      display.end(report, closing(plan, request, shell));
      return Endings.exitCode(report, plan, mode);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.UNFINISHED.number();
    }
  }

  /** Without kept state the outcome says it all. */
  private static Closing closing(LogicalPlan plan, RunRequest request, Shell shell) {
    boolean keeps = request.kept().isPresent();
    List<Paths.Path> paths = keeps ? Paths.of(plan, true) : List.of();
    Optional<String> folder = request.kept().map(kept -> shown(kept.folder(), shell.folder()));
    return new Closing(PeakMemory.bytes(shell), Promise.of(paths), folder);
  }

  private static String shown(Path folder, Path base) {
    return (folder.startsWith(base) ? base.relativize(folder) : folder).toString();
  }

  private void checkArguments() {
    if (files.size() > 1) {
      String first = files.get(0);
      boolean command = first.indexOf('.') < 0 && first.indexOf('/') < 0;
      throw new UsageException(
          command
              ? "no command `" + first + "`: run-pipeline --help lists them"
              : "run takes one pipeline file, not also `" + files.get(1) + "`");
    }
    if (!optimise.equals("on") && !optimise.equals("off")) {
      throw new UsageException("--optimise must be on or off, not `" + optimise + "`");
    }
    if (!List.of("eager", "background", "off").contains(compile)) {
      throw new UsageException("--compile must be eager, background or off, not `" + compile + "`");
    }
    if (log.isPresent() && !log.get().equals("json")) {
      throw new UsageException("--log must be json, not `" + log.get() + "`");
    }
    atLeastOne("--workers", workers);
    atLeastOne("--batch-rows", batchRows);
    Until.duration("--deadline", deadline);
    Memory.bytes(memory, Runtime.getRuntime().maxMemory());
    state.check();
  }

  private static void atLeastOne(String option, Optional<Integer> number) {
    if (number.isPresent() && number.get() < 1) {
      throw new UsageException(option + " must be at least 1, not `" + number.get() + "`");
    }
  }

  private Display display(Shell shell, ProblemLines problems) {
    if (log.isPresent()) {
      return new JsonDisplay(shell.err(), shell.clock(), quiet);
    }
    return shell.look().live() && !quiet
        ? new LiveDisplay(shell.err(), problems, shell.look().columns())
        : new PlainDisplay(shell.err(), problems, quiet);
  }

  private RunRequest request(Shell shell, Named file, Display display) {
    Until limit = until.map(Until::of).orElse(Until.never());
    Path folder = root.map(shell::path).orElse(file.path().resolveSibling("").normalize());
    return new RunRequest(
        mode,
        workers.orElse(Runtime.getRuntime().availableProcessors()),
        batchRows.map(OptionalInt::of).orElse(OptionalInt.empty()),
        optimise.toLowerCase(Locale.ROOT).equals("on"),
        CompileMode.valueOf(compile.toUpperCase(Locale.ROOT)),
        folder,
        confine.map(shell::path),
        limit.rows(),
        limit.time(),
        shell.clock().nanos() ^ shell.clock().micros(),
        shell.disk(),
        shell.clock(),
        shell.scheduler(),
        shell.console(),
        shell.input(),
        display::log,
        Optional.empty(),
        Memory.bytes(memory, Runtime.getRuntime().maxMemory()),
        spill(),
        CrashPoints.NONE);
  }

  /** Where runs without kept state put what memory does not hold. */
  static Path spill() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "penstock-spill-" + user);
  }
}
