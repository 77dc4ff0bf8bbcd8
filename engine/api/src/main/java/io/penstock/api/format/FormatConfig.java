package io.penstock.api.format;

import io.penstock.api.option.Config;

/** A bound format of a pipeline file ({@code format: json}). */
public interface FormatConfig extends Config {
  /** The format; made anew for each step, cheap. */
  Format format();
}
