package io.penstock.core.expression.aggregate;

/** Which of many entries belong to each group, in the order in which they came. Immutable. */
final class ByGroup {
  private final int[] offsets;
  private final int[] entries;

  private ByGroup(int[] offsets, int[] entries) {
    this.offsets = offsets;
    this.entries = entries;
  }

  /**
   * Sorts entries by their groups.
   *
   * @param groups of the entries
   * @param size how many entries there are
   */
  static ByGroup of(int[] groups, int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count = Math.max(count, groups[i] + 1);
    }
    int[] next = new int[count + 1];
    for (int i = 0; i < size; i++) {
      next[groups[i] + 1]++;
    }
    for (int i = 0; i < count; i++) {
      next[i + 1] += next[i];
    }
    int[] offsets = next.clone();
    int[] entries = new int[size];
    for (int i = 0; i < size; i++) {
      entries[next[groups[i]]++] = i;
    }
    return new ByGroup(offsets, entries);
  }

  /** How many entries a group has. */
  int count(int group) {
    return group + 1 < offsets.length ? offsets[group + 1] - offsets[group] : 0;
  }

  /** One of the entries of a group, from 0. */
  int entry(int group, int index) {
    return entries[offsets[group] + index];
  }
}
