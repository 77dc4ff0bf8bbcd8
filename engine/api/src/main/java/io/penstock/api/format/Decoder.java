package io.penstock.api.format;

import io.penstock.api.data.Change;
import io.penstock.api.problem.ProblemCode;

/**
 * Turns blocks into rows. A pure function of a block and of the header of its file; used by one
 * thread at a time.
 */
public interface Decoder {
  /**
   * Learns the header of a file from its first block, and says where the first record begins.
   * Called for each block whose sequence is 0, in order of files, before any block of that file is
   * decoded; formats without a header return {@code first.from()}. A decoder that decodes blocks of
   * a file has been shown that file's first block, and no later file's, by this call.
   */
  default int header(Block first) {
    return first.from();
  }

  /**
   * Decodes the block's records into {@code out}, from {@code from} on. Stops early where {@code
   * out.full()}; then the return value is where to go on. Called once for an empty block that is a
   * whole file, because for some formats that is no record but an error.
   *
   * @return the index in the block's array of the first byte not decoded; {@code block.to()} when
   *     done
   */
  int decode(Block block, int from, Rows out);

  /** Receives decoded rows and what could not be decoded. */
  interface Rows {
    /** The builder of a column of the decoding's schema. */
    io.penstock.api.data.ColumnBuilder column(int index);

    /**
     * Ends the row made since the last one; each column must have got its value.
     *
     * @param offset where the record begins, as an index in the block's array
     * @param line the line in the block on which it begins, from 0
     */
    void endRow(int offset, int line);

    /**
     * Ends a row that does this to a table; only a format whose traits have {@code changes} calls
     * it, and for each of its rows. An update ends two rows before it asks whether the batch is
     * full: the one that goes, then the one that takes its place.
     */
    default void endChange(Change change, int offset, int line) {
      throw new IllegalStateException("rows that stay are wanted, and this is " + change);
    }

    /**
     * Ends several rows made since the last one, each of a line; every column must have got their
     * values. No more than there is {@link #room} for.
     *
     * @param offsets where the records begin, as indexes in the block's array; not kept
     * @param count how many rows
     * @param line the line in the block on which the first begins, from 0
     */
    default void endRows(int[] offsets, int count, int line) {
      for (int i = 0; i < count; i++) {
        endRow(offsets[i], line + i);
      }
    }

    /**
     * Drops what was appended since the last row and reports the record.
     *
     * @param offset where the record begins, as an index in the block's array
     * @param end where it ends, exclusive
     * @param line the line in the block on which it begins, from 0
     * @param code the code, of family D1
     * @param message what is wrong with which value, at which byte of the record
     */
    void bad(int offset, int end, int line, ProblemCode code, String message);

    /** Says how many line feeds a block has that is through; a decoder that knows tells. */
    default void lines(int count) {}

    /** Counts blank lines and the like, which are no records. */
    void skipped(int count);

    /** Whether the batch has all the rows it may have. */
    boolean full();

    /** How many rows the batch takes at least before it is full. */
    default int room() {
      return full() ? 0 : 1;
    }
  }
}
