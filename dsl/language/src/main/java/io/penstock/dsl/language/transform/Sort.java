package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options of {@code sort}. */
@Component(
    name = "sort",
    summary = "Brings rows into an order: those of an input that ends, or of each window.",
    example = "sort: { by: [country, amount desc] }")
public record Sort(
    @Option(
            value =
                "The order: expressions, each with `asc` or `desc`, `nulls first` or `nulls last`.",
            required = true)
        List<ExpressionText> by,
    @Option("By time: the rows of each window.") Optional<Placed<WindowConfig>> window,
    @Option("How long after the end of a window its rows still count.") Optional<Duration> lateness)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
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

  @Override
  public boolean keepsByTime() {
    return window.isPresent();
  }

  @Override
  public boolean hasWindows() {
    return window.isPresent();
  }
}
