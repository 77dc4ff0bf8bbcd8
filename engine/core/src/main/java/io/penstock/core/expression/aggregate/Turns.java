package io.penstock.core.expression.aggregate;

import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * When each of many entries has its turn: at the time of its row, in one time by the place of its
 * row. Entries that were given no turn all have the same. Single-threaded.
 */
final class Turns {
  private static final long[] NO_TIMES = new long[0];
  private static final int FEW = 16;
  private static final SourceOrder NO_ORDER =
      new SourceOrder(NO_TIMES, "", "", NO_TIMES, new int[0]);

  private final Partitions partitions = new Partitions();
  private long[] times = NO_TIMES;
  // Most rows have a place only where times are known, and a number in their record hardly ever.
  private int[] own = new int[0];
  private long[] positions = new long[0];
  private int[] index = new int[0];
  private SourceOrder rows = NO_ORDER;
  private int from = Partitions.NONE;

  /** These rows follow; without an order all of them have the same turn. */
  void begin(Optional<SourceOrder> order) {
    rows = order.orElse(NO_ORDER);
    from = order.isPresent() ? partitions.number(rows.source(), rows.split()) : Partitions.NONE;
  }

  /** Gives an entry the turn of a row. */
  void set(int entry, int row) {
    if (from == Partitions.NONE) {
      set(entry, 0, Partitions.NONE, 0, 0);
    } else {
      set(entry, rows.times()[row], from, rows.position(row), rows.index(row));
    }
  }

  /** Compares the turn of an entry with that of a row. */
  int compare(int entry, int row) {
    if (from == Partitions.NONE) {
      return compare(entry, 0, Partitions.NONE, 0, 0);
    }
    return compare(entry, rows.times()[row], from, rows.position(row), rows.index(row));
  }

  /** Gives an entry the turn of another. */
  void set(int entry, Turns of, int other) {
    set(entry, of.time(other), partition(of, other), of.position(other), of.index(other));
  }

  /** Compares the turn of an entry with that of another. */
  int compare(int entry, Turns with, int other) {
    if (time(entry) != with.time(other)) {
      return Long.compare(time(entry), with.time(other));
    }
    int partition = with == this ? with.own(other) : partition(with, other);
    return compare(entry, time(entry), partition, with.position(other), with.index(other));
  }

  private int partition(Turns of, int other) {
    return partitions.number(of.partitions, of.own(other));
  }

  private long time(int entry) {
    return entry < times.length ? times[entry] : 0;
  }

  private int own(int entry) {
    return entry < own.length ? own[entry] - 1 : Partitions.NONE;
  }

  private long position(int entry) {
    return entry < positions.length ? positions[entry] : 0;
  }

  private int index(int entry) {
    return entry < index.length ? index[entry] : 0;
  }

  private int compare(int entry, long time, int partition, long position, int number) {
    int by = Long.compare(time(entry), time);
    by = by != 0 ? by : partitions.compare(own(entry), partition);
    by = by != 0 ? by : Long.compare(position(entry), position);
    return by != 0 ? by : Integer.compare(index(entry), number);
  }

  private void set(int entry, long time, int partition, long position, int number) {
    if (entry >= times.length) {
      times = Arrays.copyOf(times, grown(entry, times.length));
    }
    times[entry] = time;
    if (entry >= own.length && partition != Partitions.NONE) {
      own = Arrays.copyOf(own, times.length);
      positions = Arrays.copyOf(positions, times.length);
    }
    if (entry < own.length) {
      own[entry] = partition + 1;
      positions[entry] = position;
    }
    if (entry >= index.length && number != 0) {
      index = Arrays.copyOf(index, times.length);
    }
    if (entry < index.length) {
      index[entry] = number;
    }
  }

  private static int grown(int entry, int length) {
    return Math.max(Math.max(FEW, entry + 1), length * 2);
  }

  /** Whether the row of an entry has a place, so that more than its time is to be written. */
  boolean isPlaced(int entry) {
    return own(entry) != Partitions.NONE;
  }

  /** Writes the time alone. */
  void writeTime(int entry, StateOutput to) throws IOException {
    to.number(time(entry));
  }

  /** Reads a turn that was written as a time alone. */
  void readTime(int entry, StateInput in) throws IOException {
    set(entry, in.number(), Partitions.NONE, 0, 0);
  }

  /** What writes whole turns that are read one after the other. */
  Partitions.Names names() {
    return partitions.names();
  }

  /** Writes a turn. */
  void write(int entry, Partitions.Names names, StateOutput to) throws IOException {
    to.number(time(entry));
    names.write(own(entry), to);
    if (isPlaced(entry)) {
      to.number(position(entry));
      to.number(index(entry));
    }
  }

  /** Reads a turn. */
  void read(int entry, Partitions.Names names, StateInput in) throws IOException {
    long time = in.number();
    int partition = names.read(in);
    if (partition == Partitions.NONE) {
      set(entry, time, partition, 0, 0);
      return;
    }
    long position = in.number();
    set(entry, time, partition, position, in.count(Integer.MAX_VALUE));
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return 8L * times.length + 12L * own.length + 4L * index.length + partitions.bytes();
  }
}
