package io.penstock.api.source;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A bound source of a pipeline file. */
public interface SourceConfig extends Config {
  /** What is known without opening it. */
  SourceTraits traits();

  /**
   * The partition that a split belongs to: rows of one partition are judged late by the order in
   * which they come; a source that is not told otherwise is one.
   *
   * @param split the split's id
   */
  default String partition(String split) {
    return "";
  }

  /** Whether it reads files, so that each may be a partition: its records name theirs as split. */
  default boolean readsFiles() {
    return false;
  }

  /** After what time the source is asked for new splits once more; empty for never. */
  default Optional<Duration> rediscover() {
    return Optional.empty();
  }

  /** The source; opens nothing yet. */
  Source source();

  /**
   * Reaches what would be read, changes nothing there, and tells what would keep a run from reading
   * it, such as a wrong password or a missing topic. Called by a thread that may wait.
   *
   * @param declared the schema of the file, for sources that take one
   * @throws IOException for what the machine says
   * @throws io.penstock.api.problem.PipelineException where there is one problem and no more
   */
  default List<Problem> connect(Probe probe, Schema declared) throws IOException {
    return List.of();
  }

  /**
   * The same source reading only what a block of it names as its split, to look up the header of a
   * file again; empty where there is no such thing.
   */
  default Optional<SourceConfig> only(String split) {
    return Optional.empty();
  }

  /** The format of a byte source as written in the options. */
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

  /**
   * Makes rows of the blocks of a row source whose readers hand on blocks that stand for rows, so
   * that the rows are made by any task and only the fields that are used; empty where the readers
   * fill columns themselves. Each task has its own, used by one thread at a time.
   */
  default Optional<Decoder> decoder(Format.Decoding decoding) {
    return Optional.empty();
  }

  /** Whether a row source gives the fields that the file's {@code schema} declares. */
  default boolean takesSchema() {
    return false;
  }

  /** Reports what does not go with the declared schema; only for sources that take one. */
  default void check(Schema declared, Checks checks) {}

  /** The schema of a row source's own columns. */
  default Optional<Schema> schema() {
    return Optional.empty();
  }

  /**
   * Fields that the engine computes for each row out of the source's own columns, which they
   * replace.
   */
  default Map<String, ExpressionText> computed() {
    return Map.of();
  }

  /** The seed that stands for the run in {@code random()} and its like. */
  default OptionalLong seed() {
    return OptionalLong.empty();
  }

  /** The names of {@code meta.*} that rows of this source have. */
  default List<MetaField> meta() {
    return List.of();
  }

  /** Files and patterns that the source reads, relative to the root, to find clashes with sinks. */
  default List<String> paths() {
    return List.of();
  }

  /** The most bytes that a record may have. */
  default DataSize maxRecord() {
    return DataSize.mebibytes(16);
  }
}
