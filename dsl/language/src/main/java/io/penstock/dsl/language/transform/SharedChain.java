package io.penstock.dsl.language.transform;

import io.penstock.api.data.Schema;
import io.penstock.api.option.Chosen;
import io.penstock.api.option.Config;
import java.util.List;

/**
 * A chain of steps that stands under {@code chains}.
 *
 * @param takes the fields that a row must have where the chain is called
 */
public record SharedChain(String name, Schema takes, List<Chosen<Config>> steps) {
  public SharedChain {
    steps = List.copyOf(steps);
  }
}
