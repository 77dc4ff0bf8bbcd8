package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Options of {@code route}. */
@Component(
    name = "route",
    summary = "Sends rows to outputs by condition; what no case takes leaves by `otherwise`.",
    example =
        """
        route:
          cases:
            large: amount >= 1000
            small: amount >= 0
        """)
public record Route(
    @Option(value = "Outputs with their conditions.", required = true)
        Assignments<ExpressionText> cases,
    @Option(
            value = "Whether a row leaves by the first case that is true, or by all.",
            byDefault = "first")
        Match match)
    implements TransformConfig {
  /** By which cases a row leaves. */
  public enum Match {
    FIRST,
    ALL
  }

  /** Names of outputs that no case may have. */
  public static final Set<String> RESERVED = Set.of("late", "otherwise", "failed");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  @Override
  public boolean takesChanges() {
    return true;
  }

  @Override
  public Planned plan(StepContext context) {
    List<NamedExpression> checked = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (Entry<ExpressionText> entry : cases.entries()) {
      String name = String.join(".", entry.name().names());
      outputs.add(name);
      boolean named = named(name, entry, context);
      context
          .condition(entry.value())
          .filter(condition -> named)
          .ifPresent(condition -> checked.add(new NamedExpression(name, condition)));
    }
    outputs.add("otherwise");
    boolean whole = checked.size() == cases.entries().size();
    Operation route = new Operation.Route(checked, match == Match.ALL);
    return new Planned(whole ? Optional.of(route) : Optional.empty(), context.rows(), outputs);
  }

  private static boolean named(String name, Entry<ExpressionText> entry, StepContext context) {
    if (RESERVED.contains(name)) {
      context.problem(
          ProblemCode.E208,
          entry.origin(),
          "a case cannot be called `" + name + "`, which is an output of its own",
          "give the case another name");
      return false;
    }
    if (!NAME.matcher(name).matches()) {
      context.problem(
          ProblemCode.E201,
          entry.origin(),
          "the case's name must be lower-case letters, digits and `_`, not `" + name + "`",
          "give the case another name");
      return false;
    }
    return true;
  }
}
