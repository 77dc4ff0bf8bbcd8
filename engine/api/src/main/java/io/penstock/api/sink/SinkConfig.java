package io.penstock.api.sink;

import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A bound sink of a pipeline file. */
public interface SinkConfig extends Config {
  /** What is known without opening it, in a run that uses it like this. */
  SinkTraits traits(SinkUse use);

  /**
   * Reports what does not go together in a run that uses the sink like this.
   *
   * @param format the format, written or known from the name, for sinks that write bytes
   */
  default void check(SinkUse use, Optional<FormatConfig> format, Checks checks) {}

  /** The sink; opens nothing yet. */
  Sink sink();

  /**
   * Reaches what would be written to, changes nothing there, and tells what would keep a run from
   * writing, such as a missing table. Called by a thread that may wait.
   *
   * @param rows the schema of the rows that would come
   * @throws IOException for what the machine says
   * @throws io.penstock.api.problem.PipelineException where there is one problem and no more
   */
  default List<Problem> connect(Probe probe, Schema rows) throws IOException {
    return List.of();
  }

  /** The same sink, adding to what is there in place of replacing it. */
  default SinkConfig adding() {
    return this;
  }

  /** The format as written in the options, for sinks that write bytes. */
  default Optional<FormatConfig> format() {
    return Optional.empty();
  }

  /**
   * The name from which a format and a compression follow where none is written, a file's path;
   * empty for none.
   */
  default String formatName() {
    return "";
  }

  /** The one name of where all rows go, for formats that want to know; empty where it has none. */
  default Optional<String> destination() {
    return Optional.empty();
  }

  /** The format as the sink takes it, a written one or one that follows from the name. */
  default Format encoding(FormatConfig format) {
    return format.written(destination());
  }

  /** Whether the sink writes bytes and so needs a format. */
  default boolean needsFormat() {
    return true;
  }

  /** The templates among the options; the engine computes their expressions for each row. */
  default List<Template> templates() {
    return List.of();
  }

  /**
   * The type that the one expression of a template must have, before it is made a text; empty where
   * any will do.
   */
  default Optional<ValueType> type(Template template) {
    return Optional.empty();
  }

  /**
   * Whether the value of a template's one expression is handed on as it is: null stays null, and
   * bytes stay bytes. Otherwise it becomes a text, an empty one for null.
   */
  default boolean isRaw(Template template) {
    return false;
  }

  /**
   * Where it writes, relative to the root, to find clashes with sources and other sinks; templates
   * by their prefix.
   */
  default List<String> paths() {
    return List.of();
  }
}
