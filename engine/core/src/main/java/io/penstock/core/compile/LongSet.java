package io.penstock.core.compile;

import java.util.Collection;

/** Whole numbers to be found again. Immutable. */
public final class LongSet {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] slots;
  private final boolean[] taken;
  private final int shift;

  LongSet(Collection<Long> numbers) {
    int bits = Math.max(4, 34 - Integer.numberOfLeadingZeros(Math.max(1, numbers.size())));
    this.slots = new long[1 << bits];
    this.taken = new boolean[1 << bits];
    this.shift = Long.SIZE - bits;
    numbers.forEach(this::add);
  }

  private void add(long number) {
    int at = slot(number);
    slots[at] = number;
    taken[at] = true;
  }

  private int slot(long number) {
    int at = (int) (number * GOLDEN >>> shift);
    while (taken[at] && slots[at] != number) {
      at = at + 1 & slots.length - 1;
    }
    return at;
  }

  /** Whether it is one of them. */
  public boolean has(long number) {
    return taken[slot(number)];
  }
}
