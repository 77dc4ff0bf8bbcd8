package io.penstock.api.format;

import java.util.Map;
import java.util.Optional;

/**
 * Bytes of one file (or another stretch of bytes with a beginning and an end), handed from a reader
 * to a decoder. The bytes from {@code from} to {@code to} are whole records. A split may hold
 * several files one after the other; each begins with a block of sequence 0.
 *
 * @param bytes the array; not to be written until the block is released
 * @param from where the block begins in the array
 * @param to where it ends
 * @param split the id of the file, or of the split where it is one
 * @param sequence the block's number in its file, from 0
 * @param position the position of its first byte in the file (before compression)
 * @param lines its lines among those of the file
 * @param last whether the file ends with this block
 * @param meta constants of {@code meta.*} for all rows of the block
 * @param records the block's records, where the source knows each of them
 * @param spares where the array goes once nobody reads it; none where it stays as it is
 */
public record Block(
    byte[] bytes,
    int from,
    int to,
    String split,
    long sequence,
    long position,
    BlockLines lines,
    boolean last,
    Map<String, String> meta,
    Optional<BlockRecords> records,
    Optional<SpareArrays> spares) {
  /** A block whose records lie one behind the other in a stream of bytes. */
  public Block(
      byte[] bytes,
      int from,
      int to,
      String split,
      long sequence,
      long position,
      BlockLines lines,
      boolean last,
      Map<String, String> meta) {
    this(
        bytes,
        from,
        to,
        split,
        sequence,
        position,
        lines,
        last,
        meta,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, of which these records are known. */
  public Block with(BlockRecords all) {
    Optional<BlockRecords> known = Optional.of(all);
    return new Block(bytes, from, to, split, sequence, position, lines, last, meta, known, spares);
  }

  /** The same, with an array that may be filled again once it is {@link #release released}. */
  public Block in(SpareArrays arrays) {
    Optional<SpareArrays> back = Optional.of(arrays);
    return new Block(bytes, from, to, split, sequence, position, lines, last, meta, records, back);
  }

  /** Says that nobody reads the array any more, nor any column that is a slice of it. */
  public void release() {
    spares.ifPresent(arrays -> arrays.put(bytes));
  }

  /** One of its records as a block of its own. */
  public Block record(int index) {
    BlockRecords all = records.orElseThrow();
    int begin = all.starts()[index];
    int end = index + 1 < all.size() ? all.starts()[index + 1] : to;
    return new Block(bytes, begin, end, split, 0, begin, lines, true, meta);
  }
}
