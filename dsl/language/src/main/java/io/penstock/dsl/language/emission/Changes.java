package io.penstock.dsl.language.emission;

import io.penstock.api.option.Component;
import io.penstock.core.logical.Emit;

/** Each change of a result. */
@Component(
    name = "changes",
    summary =
        "Each change of a result, as a stream of changes: at once, or from the end of the window on.",
    example = "emit: changes")
public record Changes() implements EmitConfig {
  @Override
  public Emit emit() {
    return new Emit.Changes();
  }
}
