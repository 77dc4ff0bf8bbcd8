package io.penstock.dsl.language.emission;

import io.penstock.api.option.Config;
import io.penstock.core.logical.Emit;

/** When a step of a pipeline file gives its results. */
public interface EmitConfig extends Config {
  /** When results come. */
  Emit emit();
}
