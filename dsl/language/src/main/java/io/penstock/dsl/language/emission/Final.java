package io.penstock.dsl.language.emission;

import io.penstock.api.option.Component;
import io.penstock.core.logical.Emit;

/** Each result once. */
@Component(
    name = "final",
    summary = "Each result once, when nothing changes it any more.",
    example = "emit: final")
public record Final() implements EmitConfig {
  @Override
  public Emit emit() {
    return new Emit.Final();
  }
}
