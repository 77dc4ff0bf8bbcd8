package io.penstock.dsl.language.bind;

import io.penstock.api.option.Chosen;
import io.penstock.api.option.Config;
import io.penstock.api.problem.Origin;
import java.util.List;

/** A chain of steps that {@code chain: name} calls. */
public record BoundChain(
    String name, Origin origin, List<TakenName> takes, List<Chosen<Config>> steps) {
  public BoundChain {
    takes = List.copyOf(takes);
    steps = List.copyOf(steps);
  }
}
