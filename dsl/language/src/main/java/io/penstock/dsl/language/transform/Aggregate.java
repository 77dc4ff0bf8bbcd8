package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.emission.EmitConfig;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of {@code aggregate}. */
@Component(
    name = "aggregate",
    summary = "Computes one row of each group of rows.",
    example =
        """
        aggregate:
          by: [country]
          compute:
            orders: count()
            revenue: sum(amount)
        """)
public record Aggregate(
    @Option("What the rows of a group have in common; left out: all rows are one group.")
        Selections<ExpressionText> by,
    @Option("By time: each group is in a window.") Optional<Placed<WindowConfig>> window,
    @Option("How long after the end of a window its rows still count.") Optional<Duration> lateness,
    @Option(
            "When results come: once (`final`), with each change, or so far every so often; changes want a step or a sink below that takes them.")
        Optional<Placed<EmitConfig>> emit,
    @Option("Fields with the aggregates that give them.") Assignments<ExpressionText> compute,
    @Option("What is true of the groups that stay; it sees the row that comes out.")
        Optional<ExpressionText> having)
    implements TransformConfig {

  @Override
  public Planned plan(StepContext context) {
    Optional<Windowing> windowing = Windows.read(window, lateness, emit, "aggregate", context);
    List<Field> fields = new ArrayList<>();
    Set<String> doubtful = new HashSet<>();
    List<NamedExpression> groups = new ArrayList<>();
    for (Entry<ExpressionText> entry : by.entries()) {
      Optional<Expression> value = context.check(entry.value());
      String name = Groups.name(entry);
      add(name, entry, value.map(Expression::type), fields, doubtful, context);
      value.ifPresent(v -> groups.add(new NamedExpression(name, v)));
    }
    boolean timed = Windows.areTimed(window, context);
    if (timed) {
      Windows.fields().forEach(field -> add(field, fields, context));
    }
    List<AggregateExpression> aggregates = new ArrayList<>();
    List<Entry<ExpressionText>> computed = Records.made(compute.entries(), context);
    for (Entry<ExpressionText> entry : computed) {
      String name = entry.name().first();
      Optional<AggregateExpression> value = aggregate(name, entry.value(), groups, context);
      add(name, entry, value.map(a -> a.outer().type()), fields, doubtful, context);
      value.filter(a -> fits(a, entry, context)).ifPresent(aggregates::add);
    }
    Rows out =
        Windows.beside(context.rows().made(Schema.of(fields), doubtful), timed)
            .changing(!Emission.of(emit).isFinal());
    Optional<Expression> kept = having.flatMap(h -> context.over(out).condition(h));
    boolean whole =
        groups.size() == by.entries().size()
            && aggregates.size() == computed.size()
            && kept.isPresent() == having.isPresent()
            && windowing.isPresent();
    return whole
        ? Planned.of(new Operation.Aggregate(groups, aggregates, kept, windowing.get()), out)
        : Planned.wrong(out);
  }

  @Override
  public boolean takesChanges() {
    return true;
  }

  @Override
  public boolean keepsByTime() {
    return Windows.hasLate(window);
  }

  @Override
  public boolean hasWindows() {
    return Windows.hasLate(window);
  }

  /** Whether all that it is made of can take rows back, and is the same then as it was. */
  private static boolean fits(
      AggregateExpression value, Entry<ExpressionText> entry, StepContext context) {
    boolean fits = true;
    for (AggregateCall call : value.calls()) {
      fits &= Emission.takesBack(call, entry.value().origin(), context);
      for (Expression argument : call.arguments()) {
        fits &= context.staysTheSame(argument, entry.value());
      }
      fits &= call.where().map(c -> context.staysTheSame(c, entry.value())).orElse(true);
    }
    return fits;
  }

  private void add(Field own, List<Field> fields, StepContext context) {
    if (fields.stream().anyMatch(field -> field.name().equals(own.name()))) {
      by.entries().stream()
          .filter(entry -> Groups.name(entry).equals(own.name()))
          .forEach(
              entry ->
                  context.problem(
                      ProblemCode.E409,
                      entry.origin(),
                      "the window gives a field `" + own.name() + "`, and `by` has one already",
                      "rename yours: `by: { first_"
                          + own.name()
                          + ": "
                          + own.name()
                          + " }`; `window: same` takes the windows that rows carry"));
      return;
    }
    fields.add(own);
  }

  private Optional<AggregateExpression> aggregate(
      String name, ExpressionText text, List<NamedExpression> groups, StepContext context) {
    if (groups.size() < by.entries().size()) {
      Set<String> names = new HashSet<>();
      by.entries().forEach(entry -> names.add(Groups.name(entry)));
      Rows unsure = context.rows().with(context.schema(), names);
      return context
          .over(unsure)
          .checked(
              text.text(), (checker, scope) -> checker.checkAggregate(name, text, scope, groups));
    }
    return context.checked(
        text.text(), (checker, scope) -> checker.checkAggregate(name, text, scope, groups));
  }

  private static void add(
      String name,
      Entry<?> entry,
      Optional<ValueType> type,
      List<Field> fields,
      Set<String> doubtful,
      StepContext context) {
    if (fields.stream().anyMatch(field -> field.name().equals(name))) {
      context.taken(name, entry.origin());
      return;
    }
    fields.add(new Field(name, type.orElse(ValueType.optional(DataType.JSON))));
    if (type.isEmpty()) {
      doubtful.add(name);
    }
  }
}
