package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups of a step {@code over}, by key, with their series. Single-threaded. */
final class OverGroups {
  private static final int LEAST = 1024;

  private final List<DataType> types;
  private final OverFrames frames;
  private final BitSet changed = new BitSet();
  private KeyIndex index;
  private @Nullable OverSeries[] current = new OverSeries[16];
  private @Nullable OverSeries[] given = new OverSeries[16];
  private int live;

  OverGroups(List<DataType> types, OverFrames frames) {
    this.types = List.copyOf(types);
    this.frames = frames;
    this.index = KeyIndex.ofKeysOnly(types);
  }

  int size() {
    return index.size();
  }

  /** The numbers of keys, good until {@link #leave}. */
  int[] number(Column[] keys, int size) {
    int[] ids = new int[size];
    index.number(keys, size, ids);
    room();
    return ids;
  }

  private void room() {
    if (index.size() > current.length) {
      int more = Math.max(index.size(), current.length * 2);
      current = Arrays.copyOf(current, more);
      given = Arrays.copyOf(given, more);
    }
  }

  /** The series to which the next row of a group belongs; null where none has begun. */
  @Nullable OverSeries current(int id) {
    return current[id];
  }

  /** A group begins anew. */
  OverSeries begin(int id) {
    OverSeries series = frames.begin();
    series.id = id;
    current[id] = series;
    return series;
  }

  /** A row of this series was given its values; it is the last one of its group. */
  void given(OverSeries series) {
    given[series.id] = series;
    changed.set(series.id);
  }

  /** The series of the group's row that was given its values last; null where none was. */
  @Nullable OverSeries given(int id) {
    return given[id];
  }

  /** The groups of which a row was given its values since they were written. */
  BitSet changed() {
    return changed;
  }

  void encode(int id, ByteBuilder to) {
    index.encode(id, to);
  }

  /** A group that was written, with the series of its last row. */
  void restore(byte[] key, OverSeries series) {
    index.add(key, 0, key.length);
    room();
    series.id = index.size() - 1;
    current[series.id] = series;
    given[series.id] = series;
  }

  /** Rows come anew, from those on that were given their values and are held. */
  void replay() {
    for (int id = 0; id < index.size(); id++) {
      OverSeries last = given[id];
      if (last != null) {
        last.forget();
        last.last = last.givenTime;
      }
      current[id] = last;
    }
  }

  /** All rows that are held came; their frames are as they were. */
  void replayed() {
    for (int id = 0; id < index.size(); id++) {
      OverSeries last = given[id];
      if (last != null) {
        frames.resume(last);
      }
    }
  }

  /** Whether so many groups have begun that it is worth looking for those that are over. */
  boolean areMany() {
    return frames.groups() > 2L * live + LEAST;
  }

  /**
   * Lets go of groups that are over.
   *
   * @param watermark groups are over whose last row is at least {@code kept} before it
   * @param waiting series of which a row waits for its values
   */
  void leave(long watermark, long kept, Iterable<OverSeries> waiting) {
    KeyIndex before = index;
    @Nullable OverSeries[] currentBefore = current;
    @Nullable OverSeries[] givenBefore = given;
    index = KeyIndex.ofKeysOnly(types);
    current = new OverSeries[16];
    given = new OverSeries[16];
    changed.clear();
    ByteBuilder key = new ByteBuilder(64);
    int[] moved = new int[before.size()];
    Set<OverSeries> goOn = Collections.newSetFromMap(new IdentityHashMap<>());
    waiting.forEach(goOn::add);
    for (int id = 0; id < before.size(); id++) {
      OverSeries last = currentBefore[id];
      if (last != null && Windower.plus(last.last, kept) > watermark) {
        key.truncate(0);
        before.encode(id, key);
        index.add(key.array(), 0, key.length());
        room();
        moved[id] = index.size() - 1;
        current[moved[id]] = last;
        goOn.add(last);
        OverSeries ofLastGiven = givenBefore[id];
        if (ofLastGiven != null) {
          given[moved[id]] = ofLastGiven;
          goOn.add(ofLastGiven);
        }
      }
    }
    goOn.forEach(series -> series.id = moved[series.id]);
    frames.renumber(goOn);
    live = goOn.size();
  }

  /** About how many bytes of memory they take, without the rows. */
  long bytes() {
    return index.bytes() + 8L * current.length + (long) OverSeries.BYTES * index.size();
  }
}
