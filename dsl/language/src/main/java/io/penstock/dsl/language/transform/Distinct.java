package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code distinct}. */
@Component(
    name = "distinct",
    summary = "Passes the first of rows that are equal.",
    example = "distinct: { by: [customer] }")
public record Distinct(
    @Option("The fields in which rows are compared; left out: all.") List<Placed<FieldPath>> by,
    @Option("By time: rows of one window are compared.") Optional<Placed<WindowConfig>> window,
    @Option("How long after the end of a window its rows still count.") Optional<Duration> lateness)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    Optional<Windowing> windowing = Windows.fixed(window, lateness, "distinct", false, context);
    Rows in = context.rows();
    Rows out = window.isPresent() ? context.made().with(new Rows.Beside(true, true)) : in;
    List<Expression> fields = new ArrayList<>();
    for (Placed<FieldPath> field : by) {
      context.check(Woven.own(Woven.path(field.value()), field.origin())).ifPresent(fields::add);
    }
    return fields.size() < by.size() || windowing.isEmpty()
        ? Planned.wrong(out)
        : Planned.of(new Operation.Distinct(fields, windowing.get()), out);
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
