package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.emission.EmitConfig;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options of {@code top}. */
@Component(
    name = "top",
    summary = "Passes the first rows of each group in an order.",
    example = "top: { n: 3, by: [country], order_by: [amount desc] }")
public record Top(
    @Option(value = "How many rows of each group.", least = 1) long n,
    @Option("What the rows of a group have in common; left out: all rows are one group.")
        Selections<ExpressionText> by,
    @Option(
            value =
                "The order: expressions, each with `asc` or `desc`, `nulls first` or `nulls last`.",
            required = true)
        List<ExpressionText> orderBy,
    @Option("By time: the first rows of each window.") Optional<Placed<WindowConfig>> window,
    @Option("How long after the end of a window its rows still count.") Optional<Duration> lateness,
    @Option(
            "When results come: once (`final`), with each change, or so far every so often; changes want a step or a sink below that takes them.")
        Optional<Placed<EmitConfig>> emit,
    @Option(value = "Whether rows equal to the last one pass too.", byDefault = "false")
        boolean withTies,
    @Option("A field that gets the place of the row, from 1.") Optional<Placed<String>> rank)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    Optional<Windowing> windowing = Windows.fixed(window, lateness, emit, "top", true, context);
    Optional<List<NamedExpression>> groups = Groups.read(by, context);
    Optional<List<Operation.OrderBy>> order = Orders.read(orderBy, context);
    Rows out = context.made();
    if (rank.isPresent()) {
      String name = rank.get().value();
      if (context.schema().indexOf(name) >= 0) {
        context.taken(name, rank.get().origin());
      }
      out = out.plus(name, ValueType.required(DataType.INT));
    }
    if (window.isPresent()) {
      out = Windows.beside(out, true);
    }
    boolean changes = !Emission.of(emit).isFinal();
    if (changes || context.rows().beside().changes()) {
      // Which row comes when is no matter of its own time any more.
      out = Windows.beside(out, window.isPresent()).changing(changes);
    }
    if (groups.isEmpty() || order.isEmpty() || windowing.isEmpty()) {
      return Planned.wrong(out);
    }
    return Planned.of(
        new Operation.Top(
            n, groups.get(), order.get(), withTies, rank.map(Placed::value), windowing.get()),
        out);
  }

  @Override
  public boolean takesChanges() {
    return true;
  }

  @Override
  public boolean keepsByTime() {
    return window.isPresent();
  }

  @Override
  public boolean hasWindows() {
    return window.isPresent();
  }
}
