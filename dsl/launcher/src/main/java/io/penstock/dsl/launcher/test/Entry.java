package io.penstock.dsl.launcher.test;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that a test gives to a source. */
sealed interface Entry {
  /**
   * A row in the boxed form of its schema's columns; of an open schema, with the rest as the last
   * one.
   */
  record Row(@Nullable Object[] values) implements Entry {}

  /** A row goes, or another takes its place, or, without the one before, comes. */
  record Changed(Optional<Row> before, Optional<Row> after) implements Entry {}

  /** Bytes for the source's own decoder. */
  record Raw(byte[] bytes) implements Entry {}

  /** Time passes. */
  record Advance(Duration by) implements Entry {}

  /** A run that keeps its state is killed here, and recovers. */
  record Restart() implements Entry {}
}
