package io.penstock.core.expression.aggregate;

import java.util.Arrays;

/** To which group and turn each of many elements belongs; elements are numbered as they came. */
final class Elements {
  private int[] groups = new int[16];
  private final Turns turns = new Turns();
  private int size;

  int size() {
    return size;
  }

  int group(int element) {
    return groups[element];
  }

  /** When elements have their turn. */
  Turns turns() {
    return turns;
  }

  /** The number of the new element, which has no turn yet. */
  int add(int group) {
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, size * 2);
    }
    groups[size] = group;
    return size++;
  }

  /** The elements by their groups. */
  ByGroup byGroup() {
    return ByGroup.of(groups, size);
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return 4L * groups.length + turns.bytes();
  }

  /** Where the elements of each of the groups 0 to count - 1 begin in {@link #order}. */
  int[] offsets(int count) {
    int[] offsets = new int[count + 1];
    for (int i = 0; i < size; i++) {
      if (groups[i] < count) {
        offsets[groups[i] + 1]++;
      }
    }
    for (int i = 0; i < count; i++) {
      offsets[i + 1] += offsets[i];
    }
    return offsets;
  }

  /** The elements by group, then turn, then number. */
  int[] order(int[] offsets) {
    int count = offsets.length - 1;
    int[] order = new int[offsets[count]];
    int[] next = Arrays.copyOf(offsets, count);
    for (int i = 0; i < size; i++) {
      if (groups[i] < count) {
        order[next[groups[i]]++] = i;
      }
    }
    for (int group = 0; group < count; group++) {
      sort(order, offsets[group], offsets[group + 1]);
    }
    return order;
  }

  private void sort(int[] order, int from, int to) {
    boolean sorted = true;
    for (int i = from + 1; i < to && sorted; i++) {
      sorted = turns.compare(order[i - 1], turns, order[i]) <= 0;
    }
    if (sorted) {
      return;
    }
    Integer[] boxed = new Integer[to - from];
    for (int i = from; i < to; i++) {
      boxed[i - from] = order[i];
    }
    Arrays.sort(boxed, (a, b) -> turns.compare(a, turns, b));
    for (int i = from; i < to; i++) {
      order[i] = boxed[i - from];
    }
  }
}
