package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options of {@code sort}. */
@Component(
    name = "sort",
    summary =
        "Brings rows into an order: those of an input that ends, of each window, or by event time.",
    example = "sort: { by: [country, amount desc] }")
public record Sort(
    @Option(
            "The order: expressions, each with `asc` or `desc`, `nulls first` or `nulls last`; left out: by event time.")
        List<ExpressionText> by,
    @Option("By time: the rows of each window.") Optional<Placed<WindowConfig>> window,
    @Option("How long after the end of a window its rows still count.") Optional<Duration> lateness)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    if (by.isEmpty()) {
      return byTime(context);
    }
    Optional<Windowing> windowing = Windows.fixed(window, lateness, "sort", true, context);
    Optional<List<Operation.OrderBy>> order = Orders.read(by, context);
    Rows out = context.made();
    if (window.isPresent()) {
      out = Windows.beside(out, true);
    }
    return order.isPresent() && windowing.isPresent()
        ? Planned.of(new Operation.Sort(order.get(), windowing.get()), out)
        : Planned.wrong(out);
  }

  private Planned byTime(StepContext context) {
    Rows out = context.made();
    boolean right = context.rows().known();
    if (window.isPresent() || lateness.isPresent()) {
      context.problem(
          ProblemCode.E110,
          context.origin(),
          "without `by` rows come in the order of their times, whatever windows there are",
          "write `by`, or leave `window` and `lateness` out");
      right = false;
    }
    if (right && !context.rows().beside().time()) {
      context.problem(
          ProblemCode.E214,
          context.origin(),
          "`sort` without `by` goes by the time of rows, and these have none",
          "write `by`, or add `event_time: <field>` beside the source");
      right = false;
    }
    return right
        ? Planned.of(new Operation.Sort(List.of(), Windowing.NONE), out)
        : Planned.wrong(out);
  }

  @Override
  public boolean keepsByTime() {
    return by.isEmpty() || window.isPresent();
  }

  @Override
  public boolean hasWindows() {
    return window.isPresent();
  }
}
