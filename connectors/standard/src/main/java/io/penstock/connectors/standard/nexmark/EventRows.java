package io.penstock.connectors.standard.nexmark;

import java.util.Arrays;

/** Some events that come one after the other: what their fields are made of. Single-threaded. */
final class EventRows {
  private final long seed;
  private final Order order;
  private int size;
  private long[] numbers = new long[0];
  private long[] keys = new long[0];
  private byte[] kinds = new byte[0];

  EventRows(long seed, Order order) {
    this.seed = seed;
    this.order = order;
  }

  /** Takes the events at these places. */
  void take(long place, int count) {
    if (numbers.length < count) {
      numbers = new long[count];
      keys = new long[count];
      kinds = new byte[count];
    }
    size = count;
    for (int i = 0; i < count; i++) {
      long number = order.number(place + i);
      numbers[i] = number;
      keys[i] = Draw.key(seed, number);
      kinds[i] = (byte) order.kind(number);
    }
  }

  int size() {
    return size;
  }

  Order order() {
    return order;
  }

  long number(int row) {
    return numbers[row];
  }

  long key(int row) {
    return keys[row];
  }

  int kind(int row) {
    return kinds[row];
  }

  long micros(int row) {
    return order.micros(numbers[row]);
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(numbers, size));
  }
}
