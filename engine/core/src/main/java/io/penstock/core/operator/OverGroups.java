package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
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

  private final OverInput read;
  private final SpilledSeries spilled;
  private boolean replaying;
  private long loaded;
  private long rowsBack;

  /**
   * No groups yet.
   *
   * @param spilled where they are when they are not in memory
   */
  OverGroups(OverInput read, OverFrames frames, SpilledSeries spilled) {
    this.types = read.types();
    this.read = read;
    this.frames = frames;
    this.spilled = spilled;
    this.index = KeyIndex.ofKeysOnly(types);
  }

  int size() {
    return index.size();
  }

  SpilledSeries spilled() {
    return spilled;
  }

  /** The numbers of keys, good until {@link #leave} and {@link #giveUp}. */
  int[] number(Column[] keys, int size) {
    int[] ids = new int[size];
    int known = index.size();
    index.number(keys, size, ids);
    room();
    for (int id = known; id < index.size() && !spilled.isEmpty(); id++) {
      load(id);
    }
    return ids;
  }

  /** The series of which the next row is to be given its values, of a group that has rows. */
  OverSeries waiting(byte[] key) {
    int known = index.size();
    int id = index.number(key, 0, key.length, true);
    room();
    if (id == known) {
      load(id);
    }
    for (OverSeries series : all(id)) {
      if (series.next < series.end()) {
        return series;
      }
    }
    throw new IllegalStateException("no row of the group waits");
  }

  private void load(int id) {
    Optional<SpilledSeries.Group> back = spilled.take(index, id, read);
    if (back.isEmpty()) {
      return;
    }
    SpilledSeries.Group group = back.get();
    for (OverSeries series : group.series()) {
      series.id = id;
      series.before = current[id];
      current[id] = series;
      if (!replaying) {
        frames.resume(series);
      }
    }
    given[id] = group.given().orElse(null);
    changed.set(id, group.changed());
    if (group.rows().isPresent()) {
      Batch rows = group.rows().get();
      rowsBack += rows.size();
      loaded += Columns.bytes(rows) + (long) OverRows.ROW * rows.size();
    }
  }

  /** The series of a group that are still wanted, oldest first. */
  List<OverSeries> all(int id) {
    List<OverSeries> all = new ArrayList<>();
    for (OverSeries at = current[id]; at != null; at = at.before) {
      all.add(at);
    }
    Collections.reverse(all);
    return all;
  }

  /** About how many bytes rows take that have come back. */
  long loaded() {
    return loaded;
  }

  /** How many rows have come back. */
  long rowsBack() {
    return rowsBack;
  }

  /** Gives all groups to the disk. */
  void giveUp() {
    if (index.size() == 0) {
      return;
    }
    spilled.add(index, this);
    index = KeyIndex.ofKeysOnly(types);
    current = new OverSeries[16];
    given = new OverSeries[16];
    changed.clear();
    loaded = 0;
    rowsBack = 0;
    live = 0;
    frames.renumber(List.of());
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
    series.before = current[id];
    current[id] = series;
    return series;
  }

  /** A row of this series was given its values; it is the last one of its group. */
  void given(OverSeries series) {
    series.before = null;
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
    replaying = true;
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
    replaying = false;
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
    long series = 8L * current.length + (long) OverSeries.BYTES * index.size();
    return index.bytes() + series + loaded + spilled.bytes();
  }
}
