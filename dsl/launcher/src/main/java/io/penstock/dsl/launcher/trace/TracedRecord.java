package io.penstock.dsl.launcher.trace;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The record that is traced, as its source gave it.
 *
 * @param number among the records of its source in reading order, from 1
 * @param split the file or other part of the source that it lies in; empty for none
 * @param position where it begins there; -1 where the source does not say
 * @param line the line of the file on which it begins
 * @param raw its bytes; empty where the source makes rows
 */
record TracedRecord(
    String source,
    long number,
    String split,
    long position,
    OptionalLong line,
    Optional<byte[]> raw) {
  /** Whether rows that came of it can be told by where they come from. */
  boolean isPlaced() {
    return position >= 0;
  }
}
