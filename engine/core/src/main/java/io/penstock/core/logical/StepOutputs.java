package io.penstock.core.logical;

import io.penstock.core.expression.NamedExpression;
import java.util.List;
import java.util.stream.Stream;

/** The outputs of steps: their names, in order. */
public final class StepOutputs {
  /** The name of the output of rows that failed. */
  public static final String FAILED = "failed";

  /** The name of the output of rows that match no case. */
  public static final String OTHERWISE = "otherwise";

  private StepOutputs() {}

  /** The name of the output of rows that came too late. */
  public static final String LATE = "late";

  /**
   * The outputs but {@code failed}: one without a name, and {@code late} where it keeps state by
   * time; or a route's cases and {@code otherwise}.
   */
  public static List<String> names(Operation operation) {
    if (operation instanceof Operation.Route route) {
      return Stream.concat(route.cases().stream().map(NamedExpression::name), Stream.of(OTHERWISE))
          .toList();
    }
    if (operation instanceof Operation.ByTime timed && timed.keepsByTime()) {
      return List.of("", LATE);
    }
    return List.of("");
  }
}
