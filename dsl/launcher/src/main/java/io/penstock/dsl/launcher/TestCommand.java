package io.penstock.dsl.launcher;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.api.system.Disk;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import io.penstock.dsl.launcher.problems.ProblemLines;
import io.penstock.dsl.launcher.test.PipelineTests;
import io.penstock.dsl.launcher.test.TestReports;
import io.penstock.dsl.launcher.test.Update;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Runs the tests of pipelines. */
@CommandLine.Command(
    name = "test",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description =
        "Runs the tests of pipelines (*.test.yaml, tests/*.yaml), per event and in micro-batches,"
            + " with no outside system touched.")
final class TestCommand implements Command {
  /** The forms of the report. */
  enum Format {
    TEXT,
    JUNIT,
    JSON
  }

  @CommandLine.Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Test files, or folders with test files below.")
  List<String> paths = List.of();

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, junit or json; text where left out.")
  Format format = Format.TEXT;

  @CommandLine.Option(
      names = "--update",
      description = "Rewrites `then` of failing tests to what came out.")
  boolean update;

  @CommandLine.Option(
      names = "--coverage",
      description = "Lists the steps and outputs that no test reached.")
  boolean coverage;

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
    PipelineFiles files = new PipelineFiles(shell);
    List<Named> found = files.files(paths, TestCommand::isTestFile);
    Map<String, Path> byName = new HashMap<>();
    found.forEach(file -> byName.put(file.name(), file.path()));
    Map<String, SourceText> texts = new HashMap<>();
    Checker checker = new Checker(shell);
    PipelineChecker.Leave leave = new PipelineChecker.Leave(false, allowJava);
    PipelineTests tests =
        new PipelineTests(
            (testFile, written, parameters) ->
                pipeline(shell, checker, byName, testFile, written, parameters, leave),
            shell.disk(),
            shell.clock(),
            shell.scheduler());
    Problems unreadable = new Problems();
    for (Named file : found) {
      Optional<SourceText> text = SourceText.read(file.name(), files.bytes(file), unreadable);
      text.ifPresent(t -> texts.put(t.name(), t));
      text.ifPresent(tests::run);
    }
    ProblemLines lines =
        new ProblemLines(
            name -> checker.text(name).or(() -> Optional.ofNullable(texts.get(name))),
            shell.look().errColours());
    for (Problem problem : unreadable.inFileOrder()) {
      shell.err().println(lines.of(problem));
    }
    for (Problem problem : tests.problems()) {
      shell.err().println(lines.of(problem));
    }
    boolean readable = !unreadable.hasErrors() && tests.problems().isEmpty();
    if (readable && tests.count() == 0) {
      throw new UsageException(
          "no tests found: they stand in `orders.test.yaml` beside `orders.yaml`, or in"
              + " `tests/*.yaml`");
    }
    report(tests, shell);
    if (update) {
      return updated(tests, byName, shell);
    }
    if (!readable) {
      return ExitCode.DEFINITION.number();
    }
    return tests.passed() ? ExitCode.OK.number() : ExitCode.TEST.number();
  }

  private void report(PipelineTests tests, Shell shell) {
    switch (format) {
      case TEXT -> TestReports.text(tests, shell.out());
      case JUNIT -> TestReports.junit(tests, shell.out());
      case JSON -> TestReports.json(tests, shell.out());
    }
    if (coverage && format == Format.TEXT) {
      TestReports.coverage(tests, shell.out());
    }
    shell.out().flush();
  }

  private static boolean isTestFile(Named file) {
    String name = file.name();
    return name.endsWith(".test.yaml") || name.endsWith(".test.yml") || isInTests(file.path());
  }

  private static boolean isInTests(Path path) {
    Path folder = path.getParent();
    return folder != null && folder.endsWith("tests");
  }

  private static Optional<PipelineTests.Pipelines.Checked> pipeline(
      Shell shell,
      Checker checker,
      Map<String, Path> files,
      String testFile,
      String written,
      Map<String, String> parameters,
      PipelineChecker.Leave leave) {
    Path test = files.getOrDefault(testFile, shell.path(testFile));
    Path path = test.resolveSibling(written).normalize();
    String name = Path.of(testFile).resolveSibling(written).normalize().toString();
    try {
      if (shell.disk().entry(path).map(Disk.Entry::kind).orElse(Disk.Entry.Kind.SPECIAL)
          != Disk.Entry.Kind.FILE) {
        return Optional.empty();
      }
    } catch (IOException unreachable) {
      return Optional.empty();
    }
    Path folder = path.resolveSibling("").normalize();
    return Optional.of(
        new PipelineTests.Pipelines.Checked(
            name, folder, checker.check(new Named(name, path), parameters, leave)));
  }

  private static int updated(PipelineTests tests, Map<String, Path> files, Shell shell) {
    Map<String, String> texts = Update.of(tests);
    for (Map.Entry<String, String> changed : texts.entrySet()) {
      Path path = files.getOrDefault(changed.getKey(), shell.path(changed.getKey()));
      Path part = path.resolveSibling(path.getFileName() + ".new");
      byte[] bytes = changed.getValue().getBytes(StandardCharsets.UTF_8);
      try (Disk.Writing writing = shell.disk().create(part)) {
        writing.write(bytes, 0, bytes.length);
        writing.force();
      } catch (IOException e) {
        throw new UsageException("`" + changed.getKey() + "` cannot be written: " + e.getMessage());
      }
      try {
        shell.disk().rename(part, path);
      } catch (IOException e) {
        throw new UsageException("`" + changed.getKey() + "` cannot be written: " + e.getMessage());
      }
      shell.err().println("rewrote " + changed.getKey());
    }
    List<String> left = Update.left(tests);
    left.forEach(name -> shell.err().println("left as it is: " + name));
    return (left.isEmpty() ? ExitCode.OK : ExitCode.TEST).number();
  }
}
