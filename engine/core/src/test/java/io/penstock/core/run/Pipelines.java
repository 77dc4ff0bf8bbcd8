package io.penstock.core.run;

import static io.penstock.core.run.InputNames.inputs;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Share;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.Scope;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Schedule;
import io.penstock.core.logical.Table;
import io.penstock.core.operator.RowJson;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.core.system.SystemScheduler;
import io.penstock.testkit.CollectingSink;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.RowsSource;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Builds small plans for tests, runs them, and shows what came out as JSON texts. */
final class Pipelines {
  static final Origin AT = Origin.at("test.yaml", 1, 1);

  private final Problems problems = new Problems();
  private final ExpressionChecker checker = new ExpressionChecker(problems);
  private final List<LogicalNode> nodes = new ArrayList<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, CollectingSink> sinks = new LinkedHashMap<>();
  private Optional<DeadLetter> deadLetter = Optional.empty();
  private RunSettings settings = RunSettings.standard();
  private final List<RunRequest.LogLine> log = Collections.synchronizedList(new ArrayList<>());
  private int workers = 1;
  private OptionalInt batchRows = OptionalInt.empty();
  private OptionalLong untilRows = OptionalLong.empty();
  private long memory = 1 << 30;
  private Disk disk = new MemoryDisk();
  private Optional<KeptState> kept = Optional.empty();
  private CrashPoints crashes = CrashPoints.NONE;
  private ManualClock clock = new ManualClock(1_000_000);
  private long stopAt = Long.MAX_VALUE;
  private Runnable whileAsleep = () -> {};
  private Consumer<RunningPipeline> asleep = run -> {};
  private Consumer<RunningPipeline> watching = run -> {};

  /** Rows of whole numbers 0 to count - 1 in the field `n`. */
  static Batch numbers(String source, int from, int to) {
    long[] values = java.util.stream.LongStream.range(from, to).toArray();
    Column[] columns = {new Column.Longs(values.length, values, null)};
    Provenance rows = new Provenance(source, "", values.clone(), new int[0], Map.of());
    return Batch.of(Schema.of(Field.of("n", DataType.INT)), values.length, columns, rows);
  }

  Pipelines workers(int count) {
    workers = count;
    return this;
  }

  Pipelines batchRows(int rows) {
    batchRows = rows == 0 ? OptionalInt.empty() : OptionalInt.of(rows);
    return this;
  }

  /** Steps hold at most so many bytes together in memory. */
  Pipelines memory(long bytes) {
    memory = bytes;
    return this;
  }

  /** The names of all files on the run's disk, where that is in memory. */
  List<String> files() {
    return ((MemoryDisk) disk).paths().stream().map(String::valueOf).toList();
  }

  Pipelines keeping(Disk on, CrashPoints points) {
    return keeping(on, points, 0);
  }

  /** The same, where each checkpoint keeps so many bytes of rows that wait for a sink itself. */
  Pipelines keeping(Disk on, CrashPoints points, int mostInside) {
    disk = on;
    crashes = points;
    kept = Optional.of(new KeptState(Path.of("/srv/.penstock/test"), false, List.of(), mostInside));
    return this;
  }

  /** Takes the time from this clock, which goes on while the run sleeps. */
  Pipelines clock(ManualClock time) {
    clock = time;
    return this;
  }

  Pipelines asleep(Consumer<RunningPipeline> act) {
    asleep = act;
    return this;
  }

  /** Looks at a run before each choice of its next step. */
  Pipelines watching(Consumer<RunningPipeline> act) {
    watching = act;
    return this;
  }

  /** By a schedule, until the clock, which goes on while the run sleeps, comes to a time. */
  Pipelines schedule(Schedule schedule, ManualClock time, long stopAtMicros) {
    clock = time;
    stopAt = stopAtMicros;
    settings = Settings.scheduled(settings, schedule);
    return this;
  }

  Pipelines batches(int rows) {
    settings = Settings.batches(settings, rows);
    return this;
  }

  Pipelines untilRows(long rows) {
    untilRows = OptionalLong.of(rows);
    return this;
  }

  Pipelines stopAbove(double rate, int ofLast) {
    settings = Settings.stopAbove(settings, new Share(rate), ofLast);
    return this;
  }

  /** A source of numbers in batches of at most a thousand. */
  Pipelines numbers(String step, int count) {
    return source(step, count, false);
  }

  Pipelines endless(String step, int count) {
    return source(step, count, true);
  }

  private Pipelines source(String step, int count, boolean endless) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < count; from += 1000) {
      batches.add(numbers(step, from, Math.min(count, from + 1000)));
    }
    Schema schema = Schema.of(Field.of("n", DataType.INT));
    return read(step, new RowsSource(schema, batches, endless), schema);
  }

  Pipelines read(String step, SourceConfig source, Schema schema) {
    return read(step, source, schema, Optional.empty());
  }

  Pipelines read(String step, SourceConfig source, Schema schema, Optional<EventTime> time) {
    Operation.Read read =
        new Operation.Read(source, Optional.empty(), Format.Decoding.of(schema), List.of(), time);
    nodes.add(new LogicalNode(step, Section.SOURCES, AT, List.of(), read, schema, OnError.FAIL));
    return this;
  }

  AggregateExpression aggregated(String name, String text, Schema row, List<NamedExpression> by) {
    return checker
        .checkAggregate(name, ExpressionText.at(text, AT), Scope.of(row), by)
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  Schema schema(String input) {
    String[] parts = input.split("\\.");
    LogicalNode node =
        nodes.stream().filter(n -> n.step().equals(parts[0])).findFirst().orElseThrow();
    if (parts.length == 2 && parts[1].equals("failed")) {
      return io.penstock.core.logical.FailedRows.of(schema(node.inputs().get(0).toString()));
    }
    if (parts.length == 2 && parts[1].equals("late")) {
      List<Schema> all = node.inputs().stream().map(i -> schema(i.toString())).toList();
      return LateRows.of(all, ((Operation.ByTime) node.operation()).hasWindows());
    }
    return node.schema();
  }

  Expression expression(String text, Schema row) {
    return checker
        .check(ExpressionText.at(text, AT), Scope.of(row))
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  NamedExpression named(String name, String text, Schema row) {
    return new NamedExpression(name, expression(text, row));
  }

  Pipelines step(String step, Operation operation, Schema schema, OnError onError, String... from) {
    nodes.add(
        new LogicalNode(step, Section.TRANSFORMS, AT, inputs(from), operation, schema, onError));
    return this;
  }

  Pipelines filter(String step, String from, String where, OnError onError) {
    Schema row = schema(from);
    return step(step, new Operation.Filter(expression(where, row)), row, onError, from);
  }

  Pipelines filter(String step, String from, String where) {
    return filter(step, from, where, OnError.FAIL);
  }

  /** Fields in pairs of name and expression. */
  Pipelines project(String step, String from, OnError onError, String... fields) {
    Operation.Project project = projection(schema(from), fields);
    return step(step, project, result(project), onError, from);
  }

  Operation.Project projection(Schema row, String... fields) {
    List<NamedExpression> expressions = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      expressions.add(named(fields[i], fields[i + 1], row));
    }
    return new Operation.Project(expressions, Optional.empty());
  }

  static Schema result(Operation.Project project) {
    return Schema.of(
        project.fields().stream().map(f -> new Field(f.name(), f.expression().type())).toList());
  }

  Pipelines aggregate(String step, String from, List<String> by, String... compute) {
    Schema row = schema(from);
    List<NamedExpression> keys = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (String key : by) {
      NamedExpression expression = named(key.split("=")[0], key.split("=")[1], row);
      keys.add(expression);
      fields.add(new Field(expression.name(), expression.expression().type()));
    }
    List<AggregateExpression> computed = new ArrayList<>();
    for (int i = 0; i < compute.length; i += 2) {
      AggregateExpression made = aggregated(compute[i], compute[i + 1], row, keys);
      computed.add(made);
      fields.add(new Field(made.name(), made.outer().type()));
    }
    Operation.Aggregate aggregate = new Operation.Aggregate(keys, computed, Optional.empty());
    return step(step, aggregate, Schema.of(fields), OnError.FAIL, from);
  }

  Pipelines union(String step, String... from) {
    return step(step, new Operation.Union(), schema(from[0]), OnError.FAIL, from);
  }

  Operation.OrderBy orderBy(String text, Schema row, boolean descending) {
    return new Operation.OrderBy(expression(text, row), descending, false);
  }

  Pipelines table(Table table) {
    tables.put(table.name(), table);
    return this;
  }

  Pipelines sink(String step, String from) {
    return sink(step, from, CollectingSink.empty(), OnError.FAIL);
  }

  Pipelines sink(String step, String from, CollectingSink sink, OnError onError) {
    Operation.Write write = new Operation.Write(sink, Optional.empty(), Map.of(), Optional.empty());
    sinks.put(step, sink);
    nodes.add(new LogicalNode(step, Section.SINKS, AT, inputs(from), write, schema(from), onError));
    return this;
  }

  Pipelines write(String step, String from, SinkConfig sink, OnError onError) {
    Operation.Write write = new Operation.Write(sink, Optional.empty(), Map.of(), Optional.empty());
    nodes.add(new LogicalNode(step, Section.SINKS, AT, inputs(from), write, schema(from), onError));
    return this;
  }

  Pipelines deadLettersTo(SinkConfig sink) {
    deadLetter = Optional.of(new DeadLetter(sink, Optional.empty(), AT));
    return this;
  }

  Pipelines deadLetters() {
    CollectingSink sink = CollectingSink.empty();
    sinks.put("dead_letter", sink);
    deadLetter = Optional.of(new DeadLetter(sink, Optional.empty(), AT));
    return this;
  }

  LogicalPlan plan() {
    return new LogicalPlan("test", nodes, tables, deadLetter, settings);
  }

  List<RunRequest.LogLine> log() {
    return log;
  }

  /** Runs on this thread, which chooses each step. */
  RunReport simulate(Machine machine, IntSupplier choice) {
    RunRequest request = request(new Alone(clock, () -> whileAsleep.run()));
    Meters meters = new Meters();
    Reports reports = new Reports(plan(), meters);
    EmbeddedRun run = new EmbeddedRun(plan(), request, reports);
    whileAsleep =
        () -> {
          if (clock.micros() >= stopAt) {
            run.stop();
          }
          asleep.accept(run);
        };
    IntSupplier watched =
        () -> {
          watching.accept(run);
          return choice.getAsInt();
        };
    run.finished(new Led(plan(), plan(), request, machine, run, meters, reports).leadHere(watched));
    return run.report();
  }

  RunningPipeline start() {
    return new EmbeddedRunner().start(plan(), request(new SystemScheduler()));
  }

  private RunRequest request(Scheduler scheduler) {
    RunRequest made =
        new RunRequest(
            Optional.empty(),
            workers,
            batchRows,
            true,
            Path.of("/srv"),
            Optional.empty(),
            untilRows,
            Optional.empty(),
            7,
            disk,
            clock,
            scheduler,
            OutputStream.nullOutputStream(),
            log::add);
    RunRequest request = made.holding(memory, Path.of("/tmp/spill"));
    return kept.map(state -> request.keeping(state, crashes)).orElse(request);
  }

  RunReport run() {
    return end(start());
  }

  static RunReport end(RunningPipeline run) {
    try {
      return run.await(Duration.ofSeconds(60))
          .orElseThrow(() -> new AssertionError("the run does not end: " + run.report()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CollectingSink collected(String sink) {
    return java.util.Objects.requireNonNull(sinks.get(sink));
  }

  /** The rows that a sink has committed, as JSON. */
  List<String> rows(String sink) {
    return collected(sink).committed().stream()
        .flatMap(b -> IntStream.range(0, b.size()).mapToObj(row -> RowJson.of(b, row).toText()))
        .toList();
  }
}
