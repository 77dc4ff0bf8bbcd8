package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.state.Entries;
import io.penstock.core.state.KeyedRuns;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Rows on the disk in the order of their numbers, to be put into a log: entries of how the key
 * starts, of the row's place, and of the row. Single-threaded.
 */
final class NumberedRows implements AutoCloseable {
  private static final SourcePlace NOWHERE = new SourcePlace("", "", -1, 0);

  private final Entries rows;
  private final String step;
  private final RowBytes reading;
  private final StateInput bytes = StateInput.of(new byte[0]);
  private final long[] numbers = new long[Batch.MAX_ROWS];
  private final byte[][] starts = new byte[Batch.MAX_ROWS][];
  private final long[] positions = new long[Batch.MAX_ROWS];
  private final int[] index = new int[Batch.MAX_ROWS];
  private SourcePlace place = NOWHERE;
  private boolean ahead;
  private boolean begun;

  /**
   * Rows.
   *
   * @param rows entries by number
   */
  NumberedRows(Entries rows, Schema schema, String step) {
    this.rows = rows;
    this.step = step;
    this.reading = new RowBytes(schema);
  }

  /**
   * Rows of one split.
   *
   * @param numbers of the rows, which rise
   * @param starts how the key of each starts
   */
  record Part(Batch rows, long[] numbers, byte[][] starts) {}

  /** The next rows, of one split, at most a batch; empty at the end. */
  Optional<Part> next() throws IOException {
    if (!begun) {
      begun = true;
      ahead = rows.next();
    }
    int count = 0;
    while (ahead && count < numbers.length) {
      StateInput row = bytes.over(rows.value(), 0, rows.valueLength());
      byte[] start = row.bytes();
      byte[] at = row.bytes();
      SourcePlace own = at.length == 0 ? NOWHERE : SourcePlace.of(at);
      if (count > 0 && !own.isBeside(place)) {
        break;
      }
      place = own;
      positions[count] = own.position();
      index[count] = own.index();
      numbers[count] = KeyedRuns.number(rows);
      starts[count++] = start;
      reading.read(row);
      ahead = rows.next();
    }
    return count == 0 ? Optional.empty() : Optional.of(part(count));
  }

  private Part part(int count) {
    Batch read = reading.build(step);
    Provenance from = read.provenance();
    if (!place.equals(NOWHERE)) {
      boolean placed = place.position() >= 0;
      from =
          new Provenance(
              place.source(),
              place.split(),
              Arrays.copyOf(positions, placed ? count : 0),
              Arrays.copyOf(index, placed ? count : 0),
              Map.of());
    }
    return new Part(
        new Batch(read.schema(), count, read.columns(), from, read.marks()),
        Arrays.copyOf(numbers, count),
        Arrays.copyOf(starts, count));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
