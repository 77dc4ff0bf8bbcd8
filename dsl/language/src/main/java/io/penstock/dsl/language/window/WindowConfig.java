package io.penstock.dsl.language.window;

import io.penstock.api.option.Config;
import io.penstock.core.logical.Window;

/** A bound window of a pipeline file. */
public interface WindowConfig extends Config {
  /** How rows are put together. */
  Window window();
}
