package io.penstock.core.operator;

import io.penstock.api.data.Schema;
import io.penstock.core.state.StateInput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows of one input of a join that are read from the disk to be put together with others: places
 * behind those of the rows in memory, which they leave when the results are made. Single-threaded.
 */
final class JoinGuests {
  private final RowBytes reading;
  private final String step;
  private long[] numbers = new long[64];
  private byte[][] starts = new byte[64][];
  private int came;
  private int seated;

  JoinGuests(Schema schema, String step) {
    this.reading = new RowBytes(schema);
    this.step = step;
  }

  /**
   * One more comes; it may be looked at after {@link #seat}.
   *
   * @param start how its key starts
   * @return its place in the side
   */
  int come(JoinSide side, long number, byte[] start, StateInput row) throws IOException {
    if (came == numbers.length) {
      numbers = Arrays.copyOf(numbers, came * 2);
      starts = Arrays.copyOf(starts, came * 2);
    }
    numbers[came] = number;
    starts[came] = start;
    reading.read(row);
    return side.size() + came++;
  }

  /** How the key of a guest starts. */
  ByteBuilder start(JoinSide side, int place) {
    byte[] own = starts[place - side.size()];
    ByteBuilder start = new ByteBuilder(own.length);
    start.append(own);
    return start;
  }

  /** Those that came since the last time take their places. */
  void seat(JoinSide side) {
    if (came > seated) {
      side.visit(
          reading.build(step), side.size() + seated, Arrays.copyOfRange(numbers, seated, came));
      seated = came;
    }
  }

  /** The one that was seated last, alone, goes. */
  void dismiss(JoinSide side) {
    seated--;
    came--;
    side.leave(side.size() + seated);
  }

  /** All go. */
  void leave(JoinSide side) {
    if (came > 0) {
      side.leave(side.size());
      seated = 0;
      came = 0;
    }
  }
}
