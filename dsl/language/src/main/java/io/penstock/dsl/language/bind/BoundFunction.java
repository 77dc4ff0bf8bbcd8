package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import java.util.List;

/** A function of the pipeline's own. */
public record BoundFunction(String name, Origin origin, List<TakenName> takes, ExpressionText is) {
  public BoundFunction {
    takes = List.copyOf(takes);
  }
}
