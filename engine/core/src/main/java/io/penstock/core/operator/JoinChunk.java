package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows of one input in the log of a join.
 *
 * @param numbers their numbers, which rise
 * @param starts how the key of each {@link JoinKeys#start starts}; empty where it is to be computed
 * @param met whether each has met one
 */
record JoinChunk(int side, Batch rows, long[] numbers, byte[][] starts, boolean[] met) {
  // A row may be in many windows.
  private static final int MOST = 1 << 24;

  private static final int STARTS = 1;
  private static final int WINDOWS = 2;

  void write(StateOutput to) throws IOException {
    to.number(side);
    to.number(numbers.length);
    long before = 0;
    for (long number : numbers) {
      to.number(number - before);
      before = number;
    }
    for (boolean is : met) {
      to.flag(is);
    }
    boolean windows = rows.marks().windows().isPresent();
    to.flags((starts.length > 0 ? STARTS : 0) | (windows ? WINDOWS : 0));
    for (byte[] start : starts) {
      to.bytes(start, 0, start.length);
    }
    BatchCodec.write(rows, to);
    if (windows) {
      RowMarks.Windows own = rows.marks().windows().orElseThrow();
      BatchCodec.write(own.starts(), to);
      BatchCodec.write(own.ends(), to);
    }
  }

  /**
   * Rows as they were written.
   *
   * @param inputs the schemas of both inputs
   */
  static JoinChunk read(List<Schema> inputs, StateInput from) throws IOException {
    int side = from.count(1);
    long[] numbers = new long[from.count(MOST)];
    long before = 0;
    for (int i = 0; i < numbers.length; i++) {
      before += from.number();
      numbers[i] = before;
    }
    boolean[] met = new boolean[numbers.length];
    for (int i = 0; i < met.length; i++) {
      met[i] = from.flag();
    }
    int flags = from.flags(STARTS | WINDOWS);
    byte[][] starts = new byte[(flags & STARTS) != 0 ? numbers.length : 0][];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = from.bytes();
    }
    Batch rows = BatchCodec.read(inputs.get(side), from);
    if ((flags & WINDOWS) != 0) {
      Column.Longs begins = (Column.Longs) BatchCodec.read(numbers.length, from);
      Column.Longs ends = (Column.Longs) BatchCodec.read(numbers.length, from);
      RowMarks marks = RowMarks.of(rows.times());
      rows = rows.with(marks.withWindows(new RowMarks.Windows(begins, ends)));
    }
    return new JoinChunk(side, rows, numbers, starts, met);
  }

  /** Some of the rows. */
  JoinChunk left(IntPredicate stays) {
    int[] kept = new int[numbers.length];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      if (stays.test(row)) {
        kept[count++] = row;
      }
    }
    if (count == kept.length) {
      return this;
    }
    long[] left = new long[count];
    byte[][] begins = new byte[starts.length == 0 ? 0 : count][];
    boolean[] marks = new boolean[count];
    for (int i = 0; i < count; i++) {
      left[i] = numbers[kept[i]];
      marks[i] = met[kept[i]];
      if (begins.length > 0) {
        begins[i] = starts[kept[i]];
      }
    }
    return new JoinChunk(side, rows.gather(kept, count), left, begins, marks);
  }
}
