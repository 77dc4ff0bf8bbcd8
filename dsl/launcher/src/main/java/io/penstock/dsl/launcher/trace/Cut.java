package io.penstock.dsl.launcher.trace;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ends a source behind one of its records, and remembers that one. Used by the source's reader;
 * asked after the run.
 */
final class Cut {
  /** Behind everything that is there. */
  static final long ALL = Long.MAX_VALUE;

  private final String source;
  private final long last;
  private long count;
  private Optional<TracedRecord> found = Optional.empty();
  private boolean endless;

  /**
   * A cut.
   *
   * @param last the number of the record that is the last one, from 1; 0: there is none; {@link
   *     #ALL}
   */
  Cut(String source, long last) {
    this.source = source;
    this.last = last;
  }

  /** How many records have passed. */
  synchronized long count() {
    return count;
  }

  synchronized boolean isOver() {
    return count >= last;
  }

  /**
   * A part of the source has no end.
   *
   * @return whether nothing is to be read of it, because nothing cuts it either
   */
  synchronized boolean isEndless() {
    endless |= last == ALL;
    return last == ALL;
  }

  /** Whether something was left out because it has no end. */
  synchronized boolean hasLeftOut() {
    return endless;
  }

  /** The last record, where there are so many. */
  synchronized Optional<TracedRecord> record() {
    return found;
  }

  /** The block, or the part of it that stands before the cut. */
  synchronized Optional<Block> block(Block block, RecordScan.Found records) {
    long left = last - count;
    if (left <= 0) {
      return Optional.empty();
    }
    if (records.count() < left) {
      count += records.count();
      return Optional.of(block);
    }
    count = last;
    int index = (int) left - 1;
    int from = records.starts()[index];
    boolean ends = index + 1 == records.count();
    int to = ends ? block.to() : records.starts()[index + 1];
    found =
        Optional.of(
            new TracedRecord(
                source,
                last,
                block.split(),
                block.position() + from - block.from(),
                OptionalLong.of(block.lines().first() + records.lines()[index]),
                Optional.of(stripped(block.bytes(), from, to))));
    return Optional.of(
        new Block(
            block.bytes(),
            block.from(),
            to,
            block.split(),
            block.sequence(),
            block.position(),
            block.lines(),
            ends && block.last(),
            block.meta()));
  }

  /** What parts a record from the next one is not its own: line ends, the comma of an array. */
  private static byte[] stripped(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    boolean object = end > from && bytes[from] == '{';
    while (object && end > from && bytes[end - 1] != '}' && isBetween(bytes[end - 1])) {
      end--;
    }
    return Arrays.copyOfRange(bytes, from, end);
  }

  private static boolean isBetween(byte b) {
    return b == ',' || b == ']' || b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /** The rows, or those of them that stand before the cut. */
  synchronized Batch rows(Batch rows) {
    long left = last - count;
    if (rows.size() < left) {
      count += rows.size();
      return rows;
    }
    count = last;
    int size = (int) left;
    int[] kept = new int[size];
    for (int i = 0; i < size; i++) {
      kept[i] = i;
    }
    long position = rows.provenance().position(size - 1);
    found =
        Optional.of(
            new TracedRecord(
                source,
                last,
                rows.provenance().split(),
                position,
                OptionalLong.empty(),
                Optional.empty()));
    return rows.gather(kept, size);
  }

  /** Bytes that are no record pass; true where they stand before the cut. */
  synchronized boolean bad(String split, long position, long line, byte[] raw) {
    if (count >= last) {
      return false;
    }
    count++;
    if (count == last) {
      found =
          Optional.of(
              new TracedRecord(
                  source, last, split, position, OptionalLong.of(line), Optional.of(raw)));
    }
    return true;
  }
}
