package io.penstock.api.format;

import io.penstock.api.data.Schema;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Probe;
import java.util.List;
import java.util.Optional;

/** A bound format of a pipeline file ({@code format: json}). */
public interface FormatConfig extends Config {
  /** The format; made anew for each step, cheap. */
  Format format();

  /**
   * The format of what a run writes. Its encoders may tell others what they write, as a registry of
   * schemas is told; those of {@link #format} reach nobody, and may leave out what only the others
   * know.
   *
   * @param destination the one name of where all rows go, such as a topic; empty where there is
   *     none
   */
  default Format written(Optional<String> destination) {
    return format();
  }

  /**
   * Reports what keeps rows from being written like this.
   *
   * @param destination the one name of where all rows go; empty where there is none
   */
  default void checkWritten(Optional<String> destination, Checks checks) {}

  /**
   * What would keep the format from asking others what it has to of what is read, such as a
   * registry of schemas; changes nothing there. Called by a thread that may wait.
   */
  default List<Problem> connect(Probe probe) {
    return List.of();
  }

  /**
   * What would keep the format from asking others what it has to of what is written, or these from
   * taking it; changes nothing there. Called by a thread that may wait.
   *
   * @param destination the one name of where all rows go; empty where there is none
   * @param rows what is written
   */
  default List<Problem> connectWritten(Probe probe, Optional<String> destination, Schema rows) {
    return List.of();
  }

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
