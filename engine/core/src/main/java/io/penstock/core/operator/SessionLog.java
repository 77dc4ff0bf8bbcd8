package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What sessions keep on disk: a log of those that changed, a segment for each epoch; begun anew
 * whenever it has grown past what is open. Single-threaded.
 */
final class SessionLog {
  private static final int FORMAT = 1;

  /** What a segment costs beside its sessions, in sessions: without rows they must not pile up. */
  private static final int SEGMENT = 64;

  private final List<DataType> types;
  private List<Segment> segments = List.of();
  private long written;
  private boolean anew = true;

  SessionLog(List<DataType> types) {
    this.types = types;
  }

  /** Sessions have new numbers. */
  void compacted() {
    anew = true;
  }

  /** Writes what is new. After a failure all is as before. */
  void snapshot(SessionGroups groups, long watermark, SnapshotWriter to) throws IOException {
    Sessions sessions = groups.sessions();
    boolean all = anew || written > 2L * sessions.live() + 4096;
    List<Segment> now = new ArrayList<>(all ? List.of() : segments);
    now.forEach(to::keep);
    BitSet which = all ? sessions.open() : sessions.changed();
    StateOutput output = to.begin();
    output.number(FORMAT);
    output.number(watermark);
    output.number(which.cardinality());
    int[] one = new int[1];
    for (int at = which.nextSetBit(0); at >= 0; at = which.nextSetBit(at + 1)) {
      one[0] = at;
      output.number(at);
      output.flag(sessions.isOpen(at));
      if (sessions.isOpen(at)) {
        output.number(sessions.start(at));
        output.number(sessions.end(at));
        for (Column key : groups.keys(one, 1)) {
          RowCodec.write(key, 0, output);
        }
        EntryBytes computed = groups.written(at);
        output.bytes(computed.array(), 0, computed.length());
      }
    }
    now.add(to.end(which.cardinality()));
    segments = List.copyOf(now);
    written = (all ? 0 : written) + SEGMENT + which.cardinality();
    anew = false;
    sessions.changed().clear();
  }

  /** A session as it was written. */
  private record Written(Column[] key, long start, long end, byte[] computed) {}

  /**
   * Gives back what was kept, under new numbers.
   *
   * @return the watermark of then
   */
  long restore(SessionGroups groups, SnapshotReader from) throws IOException {
    Map<Integer, Written> last = new LinkedHashMap<>();
    long watermark = TimeTracker.NOTHING;
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        long format = input.number();
        if (format != FORMAT) {
          throw new DamagedException("sessions have the format " + format);
        }
        watermark = input.number();
        for (int left = input.count(Integer.MAX_VALUE); left > 0; left--) {
          int number = input.count(Integer.MAX_VALUE);
          if (input.flag()) {
            last.put(number, written(input));
          } else {
            last.remove(number);
          }
        }
      }
    }
    for (Written one : last.values()) {
      StateInput computed = StateInput.of(one.computed());
      int unused = groups.restore(one.key(), one.start(), one.end(), computed);
    }
    groups.sessions().changed().clear();
    anew = true;
    return watermark;
  }

  private Written written(StateInput input) throws IOException {
    long start = input.number();
    long end = input.number();
    Column[] key = new Column[types.size()];
    for (int i = 0; i < key.length; i++) {
      ColumnBuilder one = ColumnBuilder.of(types.get(i));
      RowCodec.read(one, input);
      key[i] = one.build();
    }
    return new Written(key, start, end, input.bytes());
  }
}
