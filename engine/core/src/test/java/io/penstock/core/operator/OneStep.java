package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Share;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.api.system.Disk;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.expression.Scope;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.Emit;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.Remember;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.logical.Throttle;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SpillFolder;
import io.penstock.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One step without a run: an operation over rows of a schema, and its operators. */
final class OneStep {
  private static final Origin AT = Origin.at("test.yaml", 1, 1);

  private final Schema input;
  private final Problems problems = new Problems();
  private final ExpressionChecker checker = new ExpressionChecker(problems);
  private Operation operation = new Operation.Limit(0);
  private Schema output;
  private LogicalNode.OnError onError = LogicalNode.OnError.FAIL;

  OneStep(Schema input) {
    this.input = input;
    this.output = input;
  }

  /** An operator of the step, its spill folder, what was counted, and what it was made of. */
  record Made(Operator operator, SpillFolder spill, StepCounters counters, StepContext context) {}

  private Expression expression(String text) {
    return checker
        .check(ExpressionText.at(text, AT), Scope.of(input))
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  private NamedExpression named(String name) {
    return new NamedExpression(name, expression(name));
  }

  OneStep aggregate(List<String> by, String... compute) {
    List<NamedExpression> keys = by.stream().map(this::named).toList();
    List<Field> fields = new ArrayList<>();
    keys.forEach(key -> fields.add(new Field(key.name(), key.expression().type())));
    List<AggregateExpression> computed = new ArrayList<>();
    for (int i = 0; i < compute.length; i++) {
      AggregateExpression made =
          checker
              .checkAggregate("v" + i, ExpressionText.at(compute[i], AT), Scope.of(input), keys)
              .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
      computed.add(made);
      fields.add(new Field(made.name(), made.outer().type()));
    }
    operation = new Operation.Aggregate(keys, computed, Optional.empty());
    output = Schema.of(fields);
    return this;
  }

  /** The aggregate goes by the time of rows. */
  OneStep window(Window window, Duration lateness) {
    Operation.Aggregate all = (Operation.Aggregate) operation;
    operation =
        new Operation.Aggregate(
            all.by(), all.compute(), all.having(), new Windowing(Optional.of(window), lateness));
    List<Field> fields = new ArrayList<>(output.fields());
    fields.add(all.by().size(), Field.of(LateRows.START, DataType.TIMESTAMP));
    fields.add(all.by().size() + 1, Field.of(LateRows.END, DataType.TIMESTAMP));
    output = Schema.of(fields);
    return this;
  }

  /** The aggregate's windows begin or end at rows of which this is true. */
  OneStep content(
      Window.Edge edge, String when, Optional<Duration> idle, OptionalLong rows, boolean timed) {
    Schema plain = output;
    window(new Window.Content(edge, expression(when), idle, rows), Duration.ZERO);
    output = timed ? output : plain;
    return this;
  }

  /** Only results for which this is true leave the aggregate. */
  OneStep having(String condition) {
    Operation.Aggregate all = (Operation.Aggregate) operation;
    Expression checked =
        checker
            .check(ExpressionText.at(condition, AT), Scope.of(output))
            .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
    operation =
        new Operation.Aggregate(all.by(), all.compute(), Optional.of(checked), all.windowing());
    return this;
  }

  /** Rows that fail are left out. */
  OneStep skipping() {
    onError = LogicalNode.OnError.SKIP;
    return this;
  }

  OneStep distinct(String... by) {
    operation = new Operation.Distinct(List.of(by).stream().map(this::expression).toList());
    return this;
  }

  OneStep sort(String... by) {
    operation = new Operation.Sort(orders(by));
    return this;
  }

  OneStep top(int n, boolean ties, List<String> by, String... orders) {
    operation =
        new Operation.Top(
            n, by.stream().map(this::named).toList(), orders(orders), ties, Optional.empty());
    return this;
  }

  /** The same operation in windows. */
  OneStep in(Window window, Duration lateness) {
    Windowing windowing = new Windowing(Optional.of(window), lateness);
    if (operation instanceof Operation.Top top) {
      operation =
          new Operation.Top(
              top.n(), top.by(), top.orderBy(), top.withTies(), top.rank(), windowing);
    } else if (operation instanceof Operation.Sort sort) {
      operation = new Operation.Sort(sort.by(), windowing);
    } else if (operation instanceof Operation.Distinct distinct) {
      operation = new Operation.Distinct(distinct.by(), windowing);
    }
    return this;
  }

  /** The same operation giving results at these times, of rows that stay or of changes. */
  OneStep emit(Emit emit, boolean changing) {
    if (operation instanceof Deduplicate one) {
      operation = new Deduplicate(one.by(), Optional.empty(), one.keep(), emit, changing);
      return this;
    }
    Windowing plain = ((Operation.InWindows) operation).windowing();
    Windowing windowing = new Windowing(plain.window(), plain.lateness(), emit, changing);
    if (operation instanceof Operation.Top top) {
      operation =
          new Operation.Top(
              top.n(), top.by(), top.orderBy(), top.withTies(), top.rank(), windowing);
    } else if (operation instanceof Operation.Aggregate all) {
      operation = new Operation.Aggregate(all.by(), all.compute(), all.having(), windowing);
    }
    return this;
  }

  /** A top whose rows get their place. */
  OneStep ranked(String field) {
    Operation.Top top = (Operation.Top) operation;
    operation =
        new Operation.Top(top.n(), top.by(), top.orderBy(), top.withTies(), Optional.of(field));
    List<Field> fields = new ArrayList<>(output.fields());
    fields.add(Field.of(field, DataType.INT));
    output = Schema.of(fields);
    return this;
  }

  OneStep byTime() {
    operation = new Operation.Sort(List.of());
    return this;
  }

  OneStep deduplicate(Deduplicate.Keep keep, Duration within, String... by) {
    List<NamedExpression> keys = List.of(by).stream().map(this::named).toList();
    operation = new Deduplicate(keys, Optional.of(within), keep);
    return this;
  }

  OneStep throttle(Rate rate, Throttle.Excess excess, String... by) {
    List<NamedExpression> keys = List.of(by).stream().map(this::named).toList();
    operation = new Throttle(rate, keys, excess);
    return this;
  }

  OneStep remember(String... key) {
    operation = new Remember(List.of(key));
    return this;
  }

  OneStep every(int rows) {
    operation = new EveryNth(rows);
    return this;
  }

  OneStep sample(double share, long seed) {
    operation = new Operation.Sample(new Share(share), seed);
    return this;
  }

  /** Rows of each k that are missing; lengths in microseconds. */
  OneStep fillGaps(String at, long every, long within, Map<String, FillGaps.Way> take) {
    operation =
        new FillGaps(
            List.of("k"),
            at,
            Duration.ofNanos(every * 1000),
            Optional.of(Duration.ofNanos(within * 1000)),
            take);
    return this;
  }

  /** Fields {@code v0}, {@code v1}, ... by the rows around each. */
  OneStep over(List<String> by, Over.Frame frame, Optional<Duration> within, String... compute) {
    return over(by, List.of(), frame, within, compute);
  }

  /** The same in an order of its own. */
  OneStep over(
      List<String> by,
      List<String> orders,
      Over.Frame frame,
      Optional<Duration> within,
      String... compute) {
    List<OverExpression> computed = new ArrayList<>();
    List<Field> fields = new ArrayList<>(input.fields());
    for (int i = 0; i < compute.length; i++) {
      OverExpression made =
          checker
              .checkOver("v" + i, ExpressionText.at(compute[i], AT), Scope.of(input))
              .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
      computed.add(made);
      fields.add(new Field(made.name(), made.outer().type()));
    }
    List<NamedExpression> keys = by.stream().map(this::named).toList();
    operation = new Over(keys, orders(orders.toArray(new String[0])), computed, frame, within);
    output = new Schema(fields, input.open());
    return this;
  }

  OneStep limit(int rows) {
    operation = new Operation.Limit(rows);
    return this;
  }

  /** Orders such as {@code -s} for descending and {@code ^s} for nulls first. */
  private List<Operation.OrderBy> orders(String... by) {
    List<Operation.OrderBy> orders = new ArrayList<>();
    for (String order : by) {
      String name = order.replace("-", "").replace("^", "");
      orders.add(new Operation.OrderBy(expression(name), order.contains("-"), order.contains("^")));
    }
    return orders;
  }

  Made make(Disk disk, long memory) {
    return make(node(operation, output, onError), List.of(input), disk, memory);
  }

  static LogicalNode node(Operation operation, Schema output, LogicalNode.OnError onError) {
    return new LogicalNode(
        "step", LogicalNode.Section.TRANSFORMS, AT, List.of(), operation, output, onError);
  }

  /** An operator over rows of these schemas. */
  static Made make(LogicalNode node, List<Schema> inputs, Disk disk, long memory) {
    StepCounters counters = new StepCounters(StepOutputs.names(node.operation()).size());
    SpillFolder spill = SpillFolder.shared(disk, Path.of("/spill"));
    ManualClock clock = new ManualClock(0);
    FailurePolicy failures =
        new FailurePolicy(
            node,
            "transform",
            counters,
            new DeadLetters("test", clock, () -> 1),
            (source, position) -> {});
    StepContext context =
        new StepContext(
            node,
            inputs,
            Evaluators.closures(),
            EvaluationContext.of(clock),
            Lookups.NONE,
            clock,
            line -> {},
            counters,
            failures,
            new MemoryBudget(memory, spill),
            from -> from.source() + ' ' + from.split());
    return new Made(Operators.of(context, () -> {}), spill, counters, context);
  }

  /** Gathers rows as texts. */
  static final class Rows implements Operator.Out {
    final List<String> rows = new ArrayList<>();

    @Override
    public void rows(int output, Batch batch) {
      for (int row = 0; row < batch.size(); row++) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < batch.schema().columns(); i++) {
          Column column = batch.column(i);
          text.append(RowJson.value(batch.schema().column(i).type(), column, row).toText());
          text.append(' ');
        }
        batch.times().ifPresent(times -> text.append('@'));
        if (batch.times().isPresent()) {
          text.append(batch.times().get().values()[row]);
        }
        rows.add(text.toString());
      }
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new AssertionError("a dead letter");
    }
  }

  static void take(Operator operator, Batch rows, Operator.Out out) {
    operator.rows(0, rows);
    drain(operator, out);
  }

  static void watermark(Operator operator, long reached, Operator.Out out) {
    operator.watermark(reached);
    drain(operator, out);
  }

  static void end(Operator operator, Operator.Out out) {
    operator.ended();
    drain(operator, out);
  }

  static void drain(Operator operator, Operator.Out out) {
    boolean more = true;
    while (more) {
      more = operator.drain(out);
    }
  }
}
