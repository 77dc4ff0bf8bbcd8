package io.penstock.dsl.launcher.test;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.logical.Table;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.launcher.test.TestCase.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs files of tests. Single-threaded. */
public final class PipelineTests {
  private final Pipelines pipelines;
  private final Disk disk;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Problems problems = new Problems();
  private final List<TestResult> results = new ArrayList<>();
  private final Map<String, Coverage> coverage = new LinkedHashMap<>();
  private final Map<String, TestFile> files = new LinkedHashMap<>();

  /** Checks the pipelines that tests name. */
  public interface Pipelines {
    /**
     * Checks a pipeline with parameters.
     *
     * @param testFile the test file's name
     * @param written the pipeline's path as the test file has it, relative to the test file
     * @return empty where there is no such file
     */
    Optional<Checked> check(String testFile, String written, Map<String, String> parameters);

    /**
     * A checked pipeline.
     *
     * @param name the pipeline file's name, for messages
     * @param folder the base of its relative paths
     */
    record Checked(String name, java.nio.file.Path folder, Language.Checked checked) {}
  }

  public PipelineTests(Pipelines pipelines, Disk disk, Clock clock, Scheduler scheduler) {
    this.pipelines = pipelines;
    this.disk = disk;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** Runs the tests of a file. */
  public void run(io.penstock.dsl.language.text.SourceText text) {
    Optional<TestFile> read = new TestFileReader(problems).read(text);
    if (read.isEmpty()) {
      return;
    }
    TestFile file = read.get();
    files.put(text.name(), file);
    for (TestCase test : file.tests()) {
      run(file, test);
    }
  }

  private void run(TestFile file, TestCase test) {
    String name = file.text().name();
    Optional<Pipelines.Checked> pipeline =
        pipelines.check(name, file.pipeline(), test.parameters());
    if (pipeline.isEmpty()) {
      problems.add(
          ProblemCode.E111,
          io.penstock.api.problem.Origin.file(name),
          "there is no pipeline file `" + file.pipeline() + "` beside it",
          "name the pipeline with `pipeline: orders.yaml`, relative to the test file");
      return;
    }
    Language.Checked checked = pipeline.get().checked();
    checked.problems().stream().filter(p -> !p.isWarning()).forEach(problems::add);
    if (checked.plan().isEmpty()) {
      return;
    }
    LogicalPlan plan = checked.plan().get();
    Problems found = new Problems();
    TestRun.Given given = given(plan, test, found);
    checkSinks(plan, test, found);
    problems.addAll(found);
    if (found.hasErrors()) {
      return;
    }
    TestRun run = new TestRun(pipeline.get().folder(), disk, clock, scheduler);
    TestResult result = run.run(name, test, plan, given);
    results.add(result);
    Coverage covered = coverage.computeIfAbsent(pipeline.get().name(), n -> new Coverage());
    result.report().ifPresent(report -> covered.add(plan, report));
  }

  private static TestRun.Given given(LogicalPlan plan, TestCase test, Problems found) {
    Map<String, LogicalNode> sources = new LinkedHashMap<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read) {
        sources.put(node.step(), node);
      }
    }
    Map<String, List<Entry>> entries = new LinkedHashMap<>();
    test.given()
        .forEach(
            (target, rows) ->
                find(target, "source", sources, found)
                    .ifPresent(
                        source -> entries.put(target.name(), reader(source, found).read(rows))));
    Map<String, List<Entry.Row>> tables = new LinkedHashMap<>();
    test.tables()
        .forEach(
            (target, rows) ->
                find(target, "table", plan.tables(), found)
                    .ifPresent(
                        table -> tables.put(target.name(), rows(table, rows.elements(), found))));
    return new TestRun.Given(entries, tables, answers(plan, test, found));
  }

  private static Map<String, List<GivenAnswer>> answers(
      LogicalPlan plan, TestCase test, Problems found) {
    Map<String, List<Operation.OutsideLookup>> lookups = new LinkedHashMap<>();
    for (LogicalNode node : plan.nodes()) {
      List<Operation.OutsideLookup> all = OutsideLookups.in(node.operation());
      if (!all.isEmpty()) {
        lookups.put(node.step(), all);
      }
    }
    Map<String, List<GivenAnswer>> answers = new LinkedHashMap<>();
    test.lookups()
        .forEach(
            (target, rows) ->
                find(target, "lookup", lookups, found)
                    .ifPresent(
                        all -> answers.put(target.name(), answers(target, rows, all, found))));
    return answers;
  }

  private static List<GivenAnswer> answers(
      Target target, Sequence rows, List<Operation.OutsideLookup> all, Problems found) {
    if (all.size() == 1) {
      return new AnswerReader(all.get(0), found).read(rows);
    }
    found.add(
        ProblemCode.E110,
        target.origin(),
        "`" + target.name() + "` asks outside " + all.size() + " times, and it is not said which",
        "make each `lookup` a step of its own, for tests to name it");
    return List.of();
  }

  private static EntryReader reader(LogicalNode source, Problems found) {
    Operation.Read read = (Operation.Read) source.operation();
    boolean textsOnly =
        read.format()
            .map(FormatConfig::getClass)
            .map(type -> type.getAnnotation(Component.class))
            .map(component -> component.name().equals("csv"))
            .orElse(false);
    boolean changes =
        read.format().map(f -> f.format().traits().changes().isPresent()).orElse(false);
    return new EntryReader(source.schema(), read.decoding().types(), textsOnly, changes, found);
  }

  private static List<Entry.Row> rows(Table table, List<SyntaxNode> nodes, Problems found) {
    EntryReader reader =
        new EntryReader(
            table.schema(), io.penstock.api.format.TextTypes.standard(), false, false, found);
    List<Entry.Row> rows = new ArrayList<>();
    for (SyntaxNode node : nodes) {
      if (node instanceof Mapping mapping) {
        rows.add(new Entry.Row(reader.row(mapping)));
      } else {
        found.add(
            ProblemCode.E104,
            node.origin(),
            "a row of a table must be a map, not " + node.kind(),
            "write it as `{ field: value }`");
      }
    }
    return rows;
  }

  private static void checkSinks(LogicalPlan plan, TestCase test, Problems found) {
    Map<String, Boolean> sinks = new LinkedHashMap<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Write) {
        sinks.put(node.step(), true);
      }
    }
    if (plan.deadLetter().isPresent()) {
      sinks.put(PlanUnderTest.DEAD_LETTER, true);
    }
    test.then().forEach(expected -> find(expected.sink(), "sink", sinks, found));
  }

  private static <T> Optional<T> find(
      Target target, String kind, Map<String, T> named, Problems found) {
    Optional<T> value = Optional.ofNullable(named.get(target.name()));
    if (value.isEmpty()) {
      found.add(
          ProblemCode.E203,
          target.origin(),
          "the pipeline has no " + kind + " `" + target.name() + "`",
          Nearest.hint(target.name(), kind + "s of the pipeline", named.keySet()));
    }
    return value;
  }

  /** What is wrong with the test files and the pipelines that they name. */
  public List<Problem> problems() {
    return problems.inFileOrder();
  }

  List<TestResult> results() {
    return results;
  }

  /** How many tests were run. */
  public int count() {
    return results.size();
  }

  /** Whether every test was run and passed. */
  public boolean passed() {
    return !problems.hasErrors() && results.stream().allMatch(TestResult::passed);
  }

  Map<String, Coverage> coverage() {
    return coverage;
  }

  Map<String, TestFile> files() {
    return files;
  }
}
