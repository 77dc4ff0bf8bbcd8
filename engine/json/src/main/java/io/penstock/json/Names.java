package io.penstock.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the objects that are being read, the outer ones first, to find a name that stands in
 * one object twice. Small objects are compared by hash, one after the other; large ones have a set.
 */
final class Names {
  private static final int SMALL = 32;

  private final ByteBuilder bytes = new ByteBuilder(256);
  private int[] ends = new int[64];
  private int[] hashes = new int[64];
  // A set for an object that is large, at the index where its names begin.
  private @Nullable Set<String>[] sets = sets(64);
  private int count;

  void clear() {
    count = 0;
    bytes.truncate(0);
    sets[0] = null;
  }

  /** Begins an object; what is returned is handed to the other calls. */
  int begin() {
    return count;
  }

  /** Whether the name is new in the object. */
  boolean add(int object, byte[] name, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + name[i];
    }
    if (count - object >= SMALL) {
      return addLarge(object, new String(name, from, to - from, StandardCharsets.UTF_8));
    }
    for (int i = object; i < count; i++) {
      if (hashes[i] == hash && same(i, name, from, to)) {
        return false;
      }
    }
    if (count + 1 >= ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
      sets = Arrays.copyOf(sets, count * 2);
    }
    bytes.append(name, from, to - from);
    hashes[count] = hash;
    ends[count] = bytes.length();
    count++;
    sets[count] = null;
    return true;
  }

  void end(int object) {
    count = object;
    sets[object] = null;
    bytes.truncate(object == 0 ? 0 : ends[object - 1]);
  }

  private boolean addLarge(int object, String name) {
    Set<String> set = sets[object];
    if (set == null) {
      set = new HashSet<>();
      for (int i = object; i < count; i++) {
        int from = start(i);
        set.add(new String(bytes.array(), from, ends[i] - from, StandardCharsets.UTF_8));
      }
      sets[object] = set;
    }
    return set.add(name);
  }

  private boolean same(int index, byte[] name, int from, int to) {
    return Arrays.equals(bytes.array(), start(index), ends[index], name, from, to);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Set<String>[] sets(int count) {
    return (Set<String>[]) new Set<?>[count];
  }
}
