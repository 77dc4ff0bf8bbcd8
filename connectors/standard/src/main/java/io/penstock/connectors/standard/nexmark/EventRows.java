package io.penstock.connectors.standard.nexmark;

import java.util.Arrays;

/** Some events that come one after the other: what their fields are made of. Single-threaded. */
final class EventRows {
  private final long start;
  private final Order order;
  private int size;
  private long[] numbers = new long[0];
  private long[] rounds = new long[0];
  private int[] places = new int[0];
  private long[] keys = new long[0];
  private byte[] kinds = new byte[0];

  EventRows(long seed, Order order) {
    this.start = Draw.start(seed);
    this.order = order;
  }

  /** Takes the events at these places. */
  void take(long from, int count) {
    if (numbers.length < count) {
      numbers = new long[count];
      rounds = new long[count];
      places = new int[count];
      keys = new long[count];
      kinds = new byte[count];
    }
    size = count;
    for (int i = 0; i < count; i++) {
      long number = order.number(from + i);
      numbers[i] = number;
      keys[i] = Draw.keyFrom(start, number);
      round(i, number);
      kinds[i] = (byte) order.kind(places[i]);
    }
  }

  /** The next event is mostly the next of its round, which needs no division. */
  private void round(int row, long number) {
    if (row > 0 && number == numbers[row - 1] + 1 && places[row - 1] + 1 < order.round()) {
      rounds[row] = rounds[row - 1];
      places[row] = places[row - 1] + 1;
      return;
    }
    rounds[row] = number / order.round();
    places[row] = (int) (number % order.round());
  }

  int size() {
    return size;
  }

  /** The last person by the event. */
  long lastPerson(int row) {
    return order.lastPerson(rounds[row], places[row]);
  }

  /** The last auction by the event; below 0 where there is none. */
  long lastAuction(int row) {
    return order.lastAuction(rounds[row], places[row]);
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
