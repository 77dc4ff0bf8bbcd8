package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;

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
}
