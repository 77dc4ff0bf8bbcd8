package io.penstock.core.operator;

import io.penstock.core.state.DamagedException;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What groups with changing results keep on disk: a log of those that changed, by their keys, of
 * which the last counts; begun anew whenever it has grown past what there is. Single-threaded.
 */
final class ChangingLog {
  private static final int FORMAT = 1;

  /** What a segment costs beside its groups, in groups. */
  private static final int SEGMENT = 64;

  private final EntryBytes bytes = new EntryBytes();
  private List<Segment> segments = List.of();
  private long written;
  private boolean anew = true;

  /** The groups that are written, by number. */
  interface Groups {
    byte[] key(int group);

    boolean isThere(int group);

    void write(int group, StateOutput to) throws IOException;
  }

  /** Groups have new numbers. */
  void renumbered() {
    anew = true;
  }

  /**
   * Writes what is new. After a failure all is as before.
   *
   * @param size how many groups there are
   * @param changed those that have changed since the last snapshot; cleared
   */
  void snapshot(Groups groups, int size, BitSet changed, SnapshotWriter to) throws IOException {
    boolean all = anew || written > 2L * size + 4096;
    List<Segment> now = new ArrayList<>(all ? List.of() : segments);
    now.forEach(to::keep);
    if (all) {
      changed.set(0, size);
    }
    if (all || !changed.isEmpty()) {
      StateOutput output = to.begin();
      output.number(FORMAT);
      output.number(changed.cardinality());
      for (int at = changed.nextSetBit(0); at >= 0; at = changed.nextSetBit(at + 1)) {
        byte[] key = groups.key(at);
        output.bytes(key, 0, key.length);
        output.flag(groups.isThere(at));
        if (groups.isThere(at)) {
          groups.write(at, bytes.begin());
          int length = bytes.end();
          output.bytes(bytes.array(), 0, length);
        }
      }
      now.add(to.end(changed.cardinality()));
      written = (all ? 0 : written) + SEGMENT + changed.cardinality();
    }
    segments = List.copyOf(now);
    anew = false;
    changed.clear();
  }

  /** What was written last of each group, by its key. */
  static Map<ByteBuffer, byte[]> restored(SnapshotReader from) throws IOException {
    Map<ByteBuffer, byte[]> last = new LinkedHashMap<>();
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        long format = input.number();
        if (format != FORMAT) {
          throw new DamagedException("changing groups have the format " + format);
        }
        for (int left = input.count(Integer.MAX_VALUE); left > 0; left--) {
          ByteBuffer key = ByteBuffer.wrap(input.bytes());
          if (input.flag()) {
            last.put(key, input.bytes());
          } else {
            last.remove(key);
          }
        }
      }
    }
    return last;
  }
}
