package io.penstock.api.format;

import io.penstock.api.option.Config;
import io.penstock.api.option.Template;
import java.util.Optional;

/** A bound format of a pipeline file ({@code format: json}). */
public interface FormatConfig extends Config {
  /** The format; made anew for each step, cheap. */
  Format format();

  /**
   * What a sink's records are made of, where each is a text of its own: the encoder is then made
   * for rows of the one field {@link #LINE}, not for the sink's rows.
   */
  default Optional<Template> line() {
    return Optional.empty();
  }

  /** The field that holds a record's text. */
  String LINE = "line";
}
