package io.penstock.core.operator;

import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the rows of each group that were given their values and are gone: places, and
 * aggregates of all rows before. Single-threaded.
 */
final class OverTallies implements Stored {
  /** What an entry takes in memory beside its bytes. */
  private static final int ENTRY = 2 * OverSeries.BYTES;

  private final StepContext context;
  private final OverGroups groups;
  private final Codec codec;
  private final ChangingLog log = new ChangingLog();
  private final EntryBytes tally = new EntryBytes();

  OverTallies(OverGroups groups, Codec codec, StepContext context) {
    this.groups = groups;
    this.codec = codec;
    this.context = context;
  }

  /** Takes tallies. */
  interface Taker {
    void take(byte[] key, byte[] tally) throws IOException;
  }

  /** The bytes of a tally. */
  record Codec(OverFrames frames) {
    /** What is written from here on is what is known now. */
    void prepare() {
      frames.values().forEach(OverValue::prepare);
    }

    void written() {
      frames.values().forEach(OverValue::written);
    }

    void write(OverSeries series, StateOutput to) throws IOException {
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

    /** A series of which nothing is known. */
    OverSeries begin() {
      return frames.begin();
    }

    void read(OverSeries series, StateInput from) throws IOException {
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

  /** Groups were let go of. */
  void compacted() {
    log.beginAnew();
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    SpilledSeries spilled = groups.spilled();
    boolean changed = !groups.changed().isEmpty() || spilled.isFresh();
    log.snapshot(this::write, groups.size() + spilled.count(), changed, to);
    groups.changed().clear();
    spilled.settled();
  }

  /** Those on the disk are older than those in memory. */
  private void write(boolean all, ChangingLog.Taker to) throws IOException {
    groups.spilled().tallies(all, (key, value) -> to.take(key, Optional.of(value)));
    codec.prepare();
    ByteBuilder key = new ByteBuilder(64);
    for (int id = 0; id < groups.size(); id++) {
      OverSeries series = groups.given(id);
      if (series != null && (all || groups.changed().get(id))) {
        key.truncate(0);
        groups.encode(id, key);
        codec.write(series, tally.begin());
        to.take(key.toArray(), Optional.of(tally.copied()));
      }
    }
    codec.written();
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    Map<ByteBuffer, byte[]> last = new LinkedHashMap<>();
    long[] held = {0};
    log.restore(
        from,
        (key, value) -> {
          byte[] written = value.orElseThrow();
          last.put(ByteBuffer.wrap(key), written);
          held[0] += key.length + written.length + ENTRY;
          if (context.memory().isHalf(2 * held[0])) {
            load(last);
            groups.giveUp();
            last.clear();
            held[0] = 0;
          }
        });
    load(last);
    if (!groups.spilled().isEmpty()) {
      groups.giveUp();
    }
    groups.spilled().settled();
  }

  private void load(Map<ByteBuffer, byte[]> tallies) throws IOException {
    for (Map.Entry<ByteBuffer, byte[]> entry : tallies.entrySet()) {
      OverSeries series = codec.begin();
      codec.read(series, StateInput.of(entry.getValue()));
      groups.restore(entry.getKey().array(), series);
    }
  }
}
