package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code over}. */
@Component(
    name = "over",
    summary =
        "Adds to each row what follows from the rows around it: the value before, the place, moving aggregates.",
    example =
        """
        over:
          by: [country]
          rows: 10
          compute:
            before: lag(amount)
            average: avg(amount)
        """)
public record Over(
    @Option("What the rows of a group have in common; left out: all rows are one group.")
        Selections<ExpressionText> by,
    @Option(
            "The order: expressions, each with `asc` or `desc`, `nulls first` or `nulls last`, of an input that ends; left out: by event time.")
        List<ExpressionText> orderBy,
    @Option(
            value =
                "Fields with what gives them: the row's own fields, aggregates, `lag(x)` and such.",
            required = true)
        Assignments<ExpressionText> compute,
    @Option(
            "How many rows aggregates see, this one and those before; left out, as `range` is: this one and all before.")
        Optional<Placed<RowsOptions>> rows,
    @Option("How far back in time aggregates see.") Optional<Placed<RangeOptions>> range,
    @Option(
            "How far apart in time neighbours of a group may be; after a longer pause it begins anew; left out: any distance.")
        Optional<Placed<Duration>> within)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    if (!context.rows().known()) {
      return Planned.wrong(context.rows());
    }
    // Rows are held, so what belongs to the record that was read is gone when it is looked at.
    StepContext held = context.over(context.rows().withoutMeta());
    Optional<List<NamedExpression>> groups =
        Groups.read(by, held, (value, text) -> repeats(List.of(value), text, held));
    Optional<List<Operation.OrderBy>> order =
        Orders.read(orderBy, held, (value, text) -> repeats(List.of(value), text, held));
    boolean right = true;
    List<OverExpression> computed = new ArrayList<>();
    List<Entry<ExpressionText>> entries = Records.made(compute.entries(), context);
    Rows out = context.made();
    for (Entry<ExpressionText> entry : entries) {
      String name = entry.name().first();
      if (out.schema().indexOf(name) >= 0) {
        context.taken(name, entry.origin());
        right = false;
      }
      Optional<OverExpression> value = computed(name, entry.value(), held);
      value.ifPresent(computed::add);
      out = value.isPresent() ? out.plus(name, value.get().outer().type()) : out.plusDoubtful(name);
    }
    Optional<Frame> frame = new OverFrame(this, context).read(computed);
    boolean whole =
        right
            && groups.isPresent()
            && order.isPresent()
            && frame.isPresent()
            && computed.size() == entries.size();
    return whole
        ? Planned.of(
            new io.penstock.core.logical.Over(
                groups.get(), order.get(), computed, frame.get(), within.map(Placed::value)),
            out)
        : Planned.wrong(out);
  }

  private static Optional<OverExpression> computed(
      String name, ExpressionText text, StepContext context) {
    return context
        .checked(text.text(), (checker, scope) -> checker.checkOver(name, text, scope))
        .filter(value -> repeats(parts(value), text, context));
  }

  private static List<Expression> parts(OverExpression value) {
    List<Expression> all = new ArrayList<>(List.of(value.outer()));
    value
        .calls()
        .forEach(
            call -> {
              all.addAll(call.arguments());
              call.where().ifPresent(all::add);
            });
    return all;
  }

  /** Rows that are held are looked at again after a restart. */
  private static boolean repeats(
      List<Expression> values, ExpressionText text, StepContext context) {
    boolean repeats = values.stream().allMatch(Expression::deterministic);
    if (!repeats) {
      context.problem(
          ProblemCode.E213,
          text.origin(),
          "`over` looks at rows again and again, and the value would not be the same each time",
          "set it in a step above, and use the field here");
    }
    return repeats;
  }

  @Override
  public boolean keepsByTime() {
    return orderBy.isEmpty();
  }
}
