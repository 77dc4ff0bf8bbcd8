package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The different values of each group, numbered in the order in which they came. */
final class Distinct {
  private static final int NONE = -1;

  private final DataType type;
  private final Cells values;
  private @Nullable Cells scratch;
  private int[] groups = new int[16];
  private int[] hashes = new int[16];
  private int[] table = new int[32];
  private int[] counts = new int[16];
  private int size;

  Distinct(DataType type) {
    this.type = type;
    this.values = Cells.of(type);
    Arrays.fill(table, NONE);
  }

  int size() {
    return size;
  }

  int group(int entry) {
    return groups[entry];
  }

  /** How many values a group has. */
  int count(int group) {
    return group < counts.length ? counts[group] : 0;
  }

  Cells values() {
    return values;
  }

  /** The number of a value of a group; it is new where that is the size before. */
  int add(int group, Column from, int row) {
    int hash = values.hash(from, row);
    int slot = start(group, hash);
    while (table[slot] != NONE) {
      int entry = table[slot];
      if (groups[entry] == group
          && hashes[entry] == hash
          && values.compare(entry, from, row) == 0) {
        return entry;
      }
      slot = slot + 1 & table.length - 1;
    }
    values.set(size, from, row);
    return put(slot, group, hash);
  }

  /** The same of a value of another set. */
  int add(int group, Distinct from, int other) {
    int hash = from.hashes[other];
    int slot = start(group, hash);
    while (table[slot] != NONE) {
      int entry = table[slot];
      if (groups[entry] == group
          && hashes[entry] == hash
          && values.compare(entry, from.values, other) == 0) {
        return entry;
      }
      slot = slot + 1 & table.length - 1;
    }
    values.set(size, from.values, other);
    return put(slot, group, hash);
  }

  /** The same of a value that was written. */
  int read(int group, StateInput from) throws IOException {
    Cells one = scratch == null ? Cells.of(type) : scratch;
    scratch = one;
    one.read(0, from);
    int hash = one.hash(0);
    int slot = start(group, hash);
    while (table[slot] != NONE) {
      int entry = table[slot];
      if (groups[entry] == group && hashes[entry] == hash && values.compare(entry, one, 0) == 0) {
        return entry;
      }
      slot = slot + 1 & table.length - 1;
    }
    values.set(size, one, 0);
    return put(slot, group, hash);
  }

  /** The entries by their groups. */
  ByGroup byGroup() {
    return ByGroup.of(groups, size);
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return values.bytes() + 8L * groups.length + 4L * (table.length + counts.length);
  }

  private int put(int slot, int group, int hash) {
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    if (group >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(group + 1, counts.length * 2));
    }
    counts[group]++;
    groups[size] = group;
    hashes[size] = hash;
    table[slot] = size++;
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[table.length * 2];
    Arrays.fill(table, NONE);
    for (int entry = 0; entry < size; entry++) {
      int slot = start(groups[entry], hashes[entry]);
      while (table[slot] != NONE) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = entry;
    }
  }

  private int start(int group, int hash) {
    int mixed = (hash ^ group * 0x85EBCA6B) * 0xC2B2AE35;
    return (mixed ^ mixed >>> 16) & table.length - 1;
  }
}
