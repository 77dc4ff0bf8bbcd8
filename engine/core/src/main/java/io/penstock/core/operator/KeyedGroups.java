package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a step by key. Those in memory have numbers; where there is no room all go to the
 * disk, and each comes back when it is asked for. Knows which have changed since the last snapshot,
 * and which since somebody looked at them. Single-threaded.
 */
final class KeyedGroups implements Stored, AutoCloseable {
  private static final int CHANGED = 1;
  private static final int TOUCHED = 2;
  private static final int THERE = 4;
  private static final int ALL = CHANGED | TOUCHED | THERE;
  private static final byte[] GONE = new byte[0];

  /** What an entry takes in memory beside its bytes. */
  private static final int ENTRY = 64;

  private final StepContext context;
  private final List<DataType> types;
  private final KeyedTable table;
  private final ChangeRows rows;
  private final ChangingLog log = new ChangingLog();
  private final SpilledValues spilled;
  private final BitSet changed = new BitSet();
  private final BitSet touched = new BitSet();
  private final EntryBytes value = new EntryBytes();
  private final StateInput reading = StateInput.of(GONE);
  // Made for the first key: a window that lies on the disk takes next to nothing.
  private @Nullable KeyIndex index;
  private byte[][] keys = new byte[16][];
  private int size;
  private long bytes;
  private int next;
  private boolean touchedOnDisk;
  private boolean freshOnDisk;
  private @Nullable Entries looking;

  /**
   * No groups yet.
   *
   * @param types of the keys; without any there is one group, which stays in memory
   * @param rows writes keys
   */
  KeyedGroups(List<DataType> types, KeyedTable table, ChangeRows rows, StepContext context) {
    this.context = context;
    this.types = List.copyOf(types);
    this.table = table;
    this.rows = rows;
    this.spilled = new SpilledValues(context, entry -> (entry.value()[0] & THERE) != 0);
  }

  private KeyIndex index() {
    KeyIndex made = index == null ? KeyIndex.ofKeysOnly(types) : index;
    index = made;
    return made;
  }

  /** How many groups are in memory. */
  int size() {
    return size;
  }

  /** The numbers of the groups of rows, good until {@link #giveUp} or {@link #touched}. */
  int[] number(Column[] of, int count) {
    int[] ids = new int[count];
    if (!types.isEmpty()) {
      index().number(of, count, ids);
    }
    for (int row = 0; row < count; row++) {
      if (ids[row] == size) {
        begin(rows.written(of, row));
        boolean unused = !spilled.isEmpty() && load(size - 1);
      }
    }
    return ids;
  }

  /** The only group of a step without keys, which is there without rows too. */
  void beginWhole() {
    begin(GONE);
    touch(0);
  }

  private void begin(byte[] key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size] = key;
    bytes += key.length + ENTRY;
    table.begin(size++);
  }

  private boolean load(int group) {
    return spilled.find(index(), group, from -> read(group, from)).orElse(false);
  }

  private boolean read(int group, StateInput from) throws IOException {
    int flags = from.flags(ALL);
    byte[] key = from.bytes();
    bytes += key.length - keys[group].length;
    keys[group] = key;
    changed.set(group, (flags & CHANGED) != 0);
    touched.set(group, (flags & TOUCHED) != 0);
    if ((flags & THERE) != 0) {
      table.read(group, from);
    }
    return true;
  }

  /** The key of a group as bytes. */
  byte[] key(int group) {
    return keys[group];
  }

  /** A group has changed, which nobody has to look at. */
  void change(int group) {
    changed.set(group);
  }

  /** A group has changed, and somebody has to look at it. */
  void touch(int group) {
    changed.set(group);
    touched.set(group);
  }

  /** Whether somebody has to look at any. */
  boolean isTouched() {
    return !touched.isEmpty() || touchedOnDisk;
  }

  private boolean isThere(int group) {
    return table.isThere(group) || touched.get(group);
  }

  /**
   * Some of the groups that somebody has to look at, who then has; empty where there are none. As
   * long as there are some, no others are asked for.
   */
  int[] touched(int most) {
    int[] some = new int[most];
    int count = 0;
    try {
      // What is in memory goes to the disk before others come back from there.
      while (count < most && hasTouched(count == 0 || looking != null)) {
        touched.clear(next);
        changed.set(next);
        some[count++] = next++;
      }
    } catch (IOException e) {
      throw spilled.failure(e);
    }
    return Arrays.copyOf(some, count);
  }

  /** Goes to the next group to look at. */
  private boolean hasTouched(boolean onDisk) throws IOException {
    int first = touched.nextSetBit(next);
    next = Math.max(0, first);
    return first >= 0 || onDisk && touchedOnDisk && look();
  }

  /** Lets the next group on the disk come back that is to be looked at. */
  private boolean look() throws IOException {
    Entries at = looking;
    if (at == null) {
      boolean unused = giveUp();
      at = spilled.all();
      looking = at;
    }
    while (at.next()) {
      if ((at.value()[0] & TOUCHED) != 0) {
        next = SpilledValues.number(index(), at, true);
        begin(GONE);
        return read(next, reading.over(at.value(), 0, at.valueLength()));
      }
    }
    touchedOnDisk = false;
    stopLooking();
    return false;
  }

  private void stopLooking() throws IOException {
    Entries at = looking;
    looking = null;
    if (at != null) {
      at.close();
    }
  }

  /** Between two calls of {@link #touched}: gives up what has come back, where it is much. */
  void tidy() {
    if (looking != null && table.bytes() + bytes > context.memory().toSort()) {
      boolean unused = giveUp();
    }
  }

  /** Lets go of groups that are there no longer; others get new numbers. */
  void compact() {
    if (!spilled.isEmpty()) {
      boolean unused = giveUp();
      return;
    }
    Map<ByteBuffer, byte[]> left = new LinkedHashMap<>();
    try {
      table.prepare();
      for (int group = 0; group < size; group++) {
        if (isThere(group)) {
          left.put(ByteBuffer.wrap(keys[group]), written(group));
        }
      }
      clear();
      load(left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    log.beginAnew();
  }

  private byte[] written(int group) throws IOException {
    StateOutput to = value.begin();
    to.flags(touched.get(group) ? TOUCHED : 0);
    table.write(group, to);
    return value.copied();
  }

  private void load(Map<ByteBuffer, byte[]> groups) throws IOException {
    int[] id = new int[1];
    for (Map.Entry<ByteBuffer, byte[]> group : groups.entrySet()) {
      byte[] key = group.getKey().array();
      if (!types.isEmpty()) {
        index().number(ChangeRows.columns(types, key), 1, id);
      }
      if (id[0] == size) {
        begin(key);
      }
      if (group.getValue().length > 0) {
        StateInput from = StateInput.of(group.getValue());
        touched.set(id[0], (from.flags(TOUCHED) & TOUCHED) != 0);
        table.read(id[0], from);
      }
    }
  }

  private void clear() {
    index = null;
    keys = new byte[16][];
    size = 0;
    bytes = 0;
    next = 0;
    changed.clear();
    touched.clear();
    table.clear();
  }

  /** Gives all groups to the disk; false where there is nothing to be given. */
  boolean giveUp() {
    if (types.isEmpty() || size == 0) {
      return false;
    }
    table.prepare();
    spilled.add(index(), this::write);
    touchedOnDisk |= !touched.isEmpty();
    freshOnDisk |= !changed.isEmpty();
    clear();
    return true;
  }

  private boolean write(int group, StateOutput to) throws IOException {
    boolean there = isThere(group);
    int flags = (changed.get(group) ? CHANGED : 0) | (touched.get(group) ? TOUCHED : 0);
    to.flags(flags | (there ? THERE : 0));
    to.bytes(keys[group], 0, keys[group].length);
    if (there) {
      table.write(group, to);
    }
    return there || changed.get(group) || !spilled.isEmpty();
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return inMemory() + spilled.bytes();
  }

  /** About how many of these bytes {@link #giveUp} gives back. */
  long inMemory() {
    return bytes + (index == null ? 0 : index.bytes()) + table.bytes();
  }

  /** Whether few more keys fit, however much memory there is. */
  boolean isNearlyFull() {
    return index != null && index.isNearlyFull();
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    boolean fresh = !changed.isEmpty() || freshOnDisk;
    log.snapshot(this::write, size + spilled.count(), fresh, to);
    changed.clear();
    freshOnDisk = false;
    spilled.settled();
  }

  /** Those on the disk are older than those in memory. */
  private void write(boolean all, ChangingLog.Taker to) throws IOException {
    try (Entries entries = all ? spilled.all() : spilled.fresh()) {
      while (entries.next()) {
        StateInput from = reading.over(entries.value(), 0, entries.valueLength());
        int flags = from.flags(ALL);
        byte[] key = from.bytes();
        if ((flags & THERE) != 0 && (all || (flags & CHANGED) != 0)) {
          StateOutput output = value.begin();
          output.flags(flags & TOUCHED);
          output.raw(entries.value(), entries.valueLength() - from.left(), from.left());
          to.take(key, Optional.of(value.copied()));
        } else if (!all && (flags & CHANGED) != 0) {
          to.take(key, Optional.empty());
        }
      }
    }
    table.prepare();
    for (int group = 0; group < size; group++) {
      if (all || changed.get(group)) {
        boolean there = isThere(group);
        to.take(keys[group], there ? Optional.of(written(group)) : Optional.empty());
      }
    }
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    if (from.segments().isEmpty()) {
      return;
    }
    clear();
    Map<ByteBuffer, byte[]> last = new LinkedHashMap<>();
    long[] held = {0};
    log.restore(
        from,
        (key, written) -> {
          if (written.isPresent() || !spilled.isEmpty()) {
            last.put(ByteBuffer.wrap(key), written.orElse(GONE));
          } else {
            last.remove(ByteBuffer.wrap(key));
          }
          held[0] += key.length + written.map(bytesOf -> bytesOf.length).orElse(0) + 2L * ENTRY;
          if (context.memory().isHalf(2 * held[0]) && !types.isEmpty()) {
            load(last);
            boolean unused = giveUp();
            last.clear();
            held[0] = 0;
          }
        });
    load(last);
    boolean unused = !spilled.isEmpty() && giveUp();
    spilled.settled();
  }

  @Override
  public void close() {
    try {
      stopLooking();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
    spilled.close();
  }
}
