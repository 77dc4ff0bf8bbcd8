package io.penstock.core.operator;

import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.Remember;
import io.penstock.core.logical.RunJava;
import io.penstock.core.logical.RunScript;
import io.penstock.core.logical.Throttle;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the operator of each kind of step but sources and sinks. */
public final class Operators implements Operation.Visitor<Operator> {
  private final StepContext context;
  private final Runnable enough;

  private Operators(StepContext context, Runnable enough) {
    this.context = context;
    this.enough = enough;
  }

  /**
   * The operator of a transform.
   *
   * @param enough is run when a limit needs no more rows
   */
  public static Operator of(StepContext context, Runnable enough) {
    return context.node().operation().accept(new Operators(context, enough));
  }

  private Operator rowWise(Operation.RowOperation operation) {
    LogicalNode node = context.node();
    return new RowOperator(RowSteps.of(operation, node.schema(), node.origin(), context), context);
  }

  @Override
  public Operator filter(Operation.Filter operation) {
    return rowWise(operation);
  }

  @Override
  public Operator project(Operation.Project operation) {
    return rowWise(operation);
  }

  @Override
  public Operator explode(Operation.Explode operation) {
    return rowWise(operation);
  }

  @Override
  public Operator parse(Operation.Parse operation) {
    return rowWise(operation);
  }

  @Override
  public Operator script(RunScript operation) {
    return rowWise(operation);
  }

  @Override
  public Operator java(RunJava operation) {
    return rowWise(operation);
  }

  @Override
  public Operator expect(Operation.Expect operation) {
    return rowWise(operation);
  }

  @Override
  public Operator lookup(Operation.Lookup operation) {
    return rowWise(operation);
  }

  @Override
  public Operator outsideLookup(Operation.OutsideLookup operation) {
    return rowWise(operation);
  }

  @Override
  public Operator log(Operation.Log operation) {
    return rowWise(operation);
  }

  @Override
  public Operator sample(Operation.Sample operation) {
    return rowWise(operation);
  }

  @Override
  public Operator setEventTime(Operation.SetEventTime operation) {
    return rowWise(operation);
  }

  @Override
  public Operator chain(Operation.Chain operation) {
    return rowWise(operation);
  }

  @Override
  public Operator choose(Operation.Choose operation) {
    return rowWise(operation);
  }

  @Override
  public Operator read(Operation.Read operation) {
    throw new IllegalStateException("a source is no operator");
  }

  @Override
  public Operator union(Operation.Union operation) {
    return new UnionOperator(context);
  }

  @Override
  public Operator route(Operation.Route operation) {
    return new RouteOperator(context.named(operation.cases()), operation.all(), context);
  }

  @Override
  public Operator limit(Operation.Limit operation) {
    return new LimitOperator(operation.rows(), context, enough);
  }

  @Override
  public Operator distinct(Operation.Distinct operation) {
    return new DistinctOperator(operation, context);
  }

  @Override
  public Operator aggregate(Operation.Aggregate operation) {
    Window window = operation.windowing().window().orElse(null);
    if (!operation.windowing().isPlain()) {
      ChangingInput input = new ChangingInput(operation, context);
      return new ChangingOperator(
          operation.windowing(), () -> new ChangingAggregates(input), context);
    }
    if (window == null) {
      return new AggregateOperator(operation, context);
    }
    if (window instanceof Window.Content content) {
      return new ContentAggregateOperator(operation, content, context);
    }
    return window instanceof Window.Session session
        ? new SessionAggregateOperator(operation, session, context)
        : windows(operation, window);
  }

  private Operator windows(Operation.Aggregate operation, Window window) {
    return Panes.of(window)
        .<Operator>map(panes -> new PaneAggregateOperator(operation, panes, context))
        .orElseGet(() -> new WindowAggregateOperator(operation, context));
  }

  @Override
  public Operator top(Operation.Top operation) {
    if (!operation.windowing().isPlain()) {
      ChangingOrder order = ChangingOrder.of(operation, context);
      return new ChangingOperator(operation.windowing(), () -> new ChangingTop(order), context);
    }
    TopTable.Input input = TopTable.Input.of(operation, context);
    return gather(operation.windowing(), () -> new TopRows(input));
  }

  @Override
  public Operator sort(Operation.Sort operation) {
    if (operation.isByTime()) {
      return new SequenceOperator(new AsTheyAre(), context);
    }
    HeldRows.Input input = HeldRows.Input.of(operation.by(), context);
    return gather(operation.windowing(), () -> new OrderedRows(input));
  }

  private Operator gather(Windowing windowing, Supplier<OpenRows> made) {
    return windowing.isTimed()
        ? new WindowGatherOperator(windowing, made, context)
        : new GatherOperator(made.get(), context);
  }

  @Override
  public Operator join(Join operation) {
    return operation.changing()
        ? new ChangingJoinOperator(operation, context)
        : new JoinOperator(operation, context);
  }

  @Override
  public Operator everyNth(EveryNth operation) {
    return new EveryNthOperator(operation.rows(), context);
  }

  @Override
  public Operator throttle(Throttle operation) {
    return new ThrottleOperator(operation, context);
  }

  @Override
  public Operator remember(Remember operation) {
    return new RememberOperator(operation, context);
  }

  @Override
  public Operator fillGaps(FillGaps operation) {
    return new SequenceOperator(new FilledRows(operation, context), context);
  }

  @Override
  public Operator over(Over operation) {
    return operation.isByTime()
        ? new SequenceOperator(new OverRows(operation, context), context)
        : new GatherOperator(new OverOrdered(operation, context), context);
  }

  @Override
  public Operator deduplicate(Deduplicate operation) {
    if (!operation.isPlain()) {
      ChangingOrder order = ChangingOrder.of(operation, context);
      Windowing all =
          new Windowing(Optional.empty(), Duration.ZERO, operation.emit(), operation.changing());
      return new ChangingOperator(all, () -> new ChangingTop(order), context);
    }
    if (!operation.keepsByTime()) {
      List<Expression> by = operation.by().stream().map(NamedExpression::expression).toList();
      return new DistinctOperator(new Operation.Distinct(by), context);
    }
    return switch (operation.keep()) {
      case FIRST -> new DeduplicateOperator(operation, context);
      case EARLIEST -> new SequenceOperator(new EarliestRows(operation, context), context);
      case LATEST -> new SequenceOperator(new LatestRows(operation, context), context);
    };
  }

  @Override
  public Operator write(Operation.Write operation) {
    throw new IllegalStateException("a sink is made with its writer");
  }
}
