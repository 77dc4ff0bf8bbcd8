package io.penstock.core.operator;

import io.penstock.core.logical.Operation;
import io.penstock.core.state.Entries;
import io.penstock.core.state.PassedEntries;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;

/** Entries of {@link SortedTop}: of each group its first beginning and its first rows. */
final class JoinedTop implements PassedEntries {
  private final Entries from;
  private final Ranks ranks;
  private final StepCounters counters;
  private final StateInput reading = StateInput.of(new byte[0]);
  private byte[] group = new byte[64];
  private int groupLength = -1;
  private byte[] order = new byte[64];
  private int orderLength = -1;

  JoinedTop(Entries from, Operation.Top top, StepCounters counters) {
    this.from = from;
    this.ranks = new Ranks(top);
    this.counters = counters;
  }

  @Override
  public boolean next() throws IOException {
    while (from.next()) {
      if (isGroup(from)) {
        if (beginsGroup()) {
          return true;
        }
      } else if (isAmong()) {
        return true;
      } else {
        counters.filtered(1);
      }
    }
    return false;
  }

  /** Whether an entry begins a group: its kind stands behind the end of the group's key. */
  private static boolean isGroup(Entries entry) {
    byte[] key = entry.key();
    int at = KeyOrder.HASH;
    while (key[at] != 0 || key[at + 1] != 0) {
      at += key[at] == 0 ? 2 : 1;
    }
    return key[at + 2] == SortedTop.GROUP;
  }

  private boolean beginsGroup() {
    int length = from.keyLength();
    if (groupLength == length && Arrays.equals(group, 0, length, from.key(), 0, length)) {
      return false;
    }
    if (group.length < length) {
      group = new byte[Math.max(length, group.length * 2)];
    }
    System.arraycopy(from.key(), 0, group, 0, length);
    groupLength = length;
    orderLength = -1;
    ranks.begin();
    return true;
  }

  private boolean isAmong() throws IOException {
    StateInput value = reading.over(from.value(), 0, from.valueLength());
    int start = value.count(from.keyLength()) + 1;
    int length = value.count(from.keyLength());
    boolean tie =
        orderLength >= 0 && Arrays.equals(order, 0, orderLength, from.key(), start, start + length);
    if (order.length < length) {
      order = new byte[Math.max(length, order.length * 2)];
    }
    System.arraycopy(from.key(), start, order, 0, length);
    orderLength = length;
    return ranks.isAmong(tie);
  }

  /** Whether the entry at hand begins a group. */
  boolean isGroup() {
    return isGroup(from);
  }

  /** The rank of the row at hand. */
  int rank() {
    return ranks.rank();
  }

  @Override
  public Entries from() {
    return from;
  }
}
