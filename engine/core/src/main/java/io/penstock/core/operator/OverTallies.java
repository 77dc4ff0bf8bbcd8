package io.penstock.core.operator;

import io.penstock.core.state.DamagedException;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the rows of each group that were given their values and are gone: places, and
 * aggregates of all rows before. On disk a log of the groups that changed, a segment for each
 * epoch, begun anew whenever it has grown past what there is. Single-threaded.
 */
final class OverTallies implements Stored {
  private static final int FORMAT = 1;

  /** What a segment costs beside its groups, in groups: without rows they must not pile up. */
  private static final int SEGMENT = 64;

  private static final int LEAST = 4096;

  private final OverGroups groups;
  private final OverFrames frames;
  private final EntryBytes tally = new EntryBytes();
  private List<Segment> segments = List.of();
  private long written;
  private boolean anew = true;

  OverTallies(OverGroups groups, OverFrames frames) {
    this.groups = groups;
    this.frames = frames;
  }

  /** Groups were let go of. */
  void compacted() {
    anew = true;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    boolean all = anew || written > 2L * groups.size() + LEAST;
    List<Segment> now = new ArrayList<>(all ? List.of() : segments);
    now.forEach(to::keep);
    BitSet which = all ? given() : groups.changed();
    frames.values().forEach(OverValue::prepare);
    StateOutput output = to.begin();
    output.number(FORMAT);
    output.number(which.cardinality());
    ByteBuilder key = new ByteBuilder(64);
    for (int id = which.nextSetBit(0); id >= 0; id = which.nextSetBit(id + 1)) {
      key.truncate(0);
      groups.encode(id, key);
      output.bytes(key.array(), 0, key.length());
      write(java.util.Objects.requireNonNull(groups.given(id)), tally.begin());
      int length = tally.end();
      output.bytes(tally.array(), 0, length);
    }
    now.add(to.end(which.cardinality()));
    frames.values().forEach(OverValue::written);
    segments = List.copyOf(now);
    written = (all ? 0 : written) + SEGMENT + which.cardinality();
    anew = false;
    groups.changed().clear();
  }

  private BitSet given() {
    BitSet which = new BitSet();
    for (int id = 0; id < groups.size(); id++) {
      which.set(id, groups.given(id) != null);
    }
    return which;
  }

  private void write(OverSeries series, StateOutput to) throws IOException {
    to.number(series.given);
    to.number(series.rank);
    to.number(series.ranks);
    to.number(series.givenTime);
    for (OverValue value : frames.values()) {
      if (value.isRunning()) {
        value.write(series.group, to);
      }
    }
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    Map<ByteBuffer, byte[]> last = new LinkedHashMap<>();
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        long format = input.number();
        if (format != FORMAT) {
          throw new DamagedException("groups have the format " + format);
        }
        for (int left = input.count(Integer.MAX_VALUE); left > 0; left--) {
          last.put(ByteBuffer.wrap(input.bytes()), input.bytes());
        }
      }
    }
    for (Map.Entry<ByteBuffer, byte[]> entry : last.entrySet()) {
      OverSeries series = frames.begin();
      read(series, StateInput.of(entry.getValue()));
      groups.restore(entry.getKey().array(), series);
    }
    anew = true;
  }

  private void read(OverSeries series, StateInput from) throws IOException {
    series.given = from.number();
    series.rank = from.number();
    series.ranks = from.number();
    series.givenTime = from.number();
    series.last = series.givenTime;
    for (OverValue value : frames.values()) {
      if (value.isRunning()) {
        value.read(series.group, from);
      }
    }
  }
}
