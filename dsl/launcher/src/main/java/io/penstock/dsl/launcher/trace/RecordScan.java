package io.penstock.dsl.launcher.trace;

import io.penstock.api.data.Change;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.problem.ProblemCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds where the records of blocks begin, by decoding them. Single-threaded. */
final class RecordScan implements Decoder.Rows {
  private static final int ROWS = 1024;

  private final Decoder decoder;
  private final ColumnBuilder[] builders;
  private @Nullable Block headerOf;
  private int headerEnd;
  private int[] starts = new int[ROWS];
  private int[] lines = new int[ROWS];
  private int records;
  private int size;
  private int taken;

  /**
   * The records of a block.
   *
   * @param starts indexes in the block's array, rising
   * @param lines for each its line in the block, from 0
   * @param first where the first record may begin, behind a header
   */
  record Found(int[] starts, int[] lines, int first) {
    int count() {
      return starts.length;
    }
  }

  RecordScan(Decoder decoder, Schema decoded) {
    this.decoder = decoder;
    this.builders = new ColumnBuilder[decoded.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(decoded.column(i).type());
    }
  }

  /** The first block of a file that is read on in its middle. */
  void head(Block first) {
    headerOf = first;
    headerEnd = decoder.header(first);
  }

  /** The records of the next block. */
  Found records(Block block) {
    Block known = headerOf;
    if (known == null || block.sequence() == 0 || !known.split().equals(block.split())) {
      head(block);
    }
    records = 0;
    int first = headerOf == block ? headerEnd : block.from();
    int at = first;
    do {
      taken = 0;
      size = 0;
      at = decoder.decode(block, at, this);
      for (ColumnBuilder builder : builders) {
        var unused = builder.build();
      }
    } while (at < block.to());
    int[] sorted = Arrays.copyOf(starts, records);
    int[] itsLines = Arrays.copyOf(lines, records);
    return sorted(sorted, itsLines, first);
  }

  /** Good and bad records are told each in order, but not together. */
  private static Found sorted(int[] starts, int[] lines, int first) {
    long[] both = new long[starts.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = (long) starts[i] << 32 | lines[i] & 0xffffffffL;
    }
    Arrays.sort(both);
    for (int i = 0; i < both.length; i++) {
      starts[i] = (int) (both[i] >>> 32);
      lines[i] = (int) both[i];
    }
    return new Found(starts, lines, first);
  }

  private void found(int offset, int line) {
    if (records == starts.length) {
      starts = Arrays.copyOf(starts, records * 2);
      lines = Arrays.copyOf(lines, records * 2);
    }
    starts[records] = offset;
    lines[records++] = line;
    taken++;
  }

  @Override
  public ColumnBuilder column(int index) {
    return builders[index];
  }

  @Override
  public void endRow(int offset, int line) {
    found(offset, line);
    size++;
  }

  @Override
  public void endChange(Change change, int offset, int line) {
    if (change != Change.UPDATE_AFTER) {
      found(offset, line);
    }
    size++;
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(size);
    }
    found(offset, line);
  }

  @Override
  public void skipped(int count) {
    // No records.
  }

  @Override
  public boolean full() {
    return taken >= ROWS;
  }

  @Override
  public int room() {
    return ROWS - taken;
  }
}
