package io.penstock.api.source;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a reader stands in a split: the next record is the one at {@code offset}.
 *
 * @param offset bytes or records, as the source counts
 * @param evidence what must still hold for the offset to mean the same (file, size, checksum)
 */
public record Position(long offset, SortedMap<String, String> evidence) {
  public static final Position START = new Position(0, new TreeMap<>());

  public Position {
    evidence = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
  }
}
