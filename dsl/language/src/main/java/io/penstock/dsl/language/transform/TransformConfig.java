package io.penstock.dsl.language.transform;

import io.penstock.api.option.Config;

/** A bound transform of a pipeline file. */
public interface TransformConfig extends Config {
  /** The operation over the rows that come in; what is wrong goes to the context. */
  Planned plan(StepContext context);
}
