package io.penstock.connectors.kafka;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The producers of transactions that have none open, in the order in which they ended their last
 * one. Thread-safe.
 */
final class Slots implements AutoCloseable {
  private final List<Slot> all;
  private final ArrayDeque<Slot> free;

  Slots(List<Slot> all) {
    this.all = List.copyOf(all);
    this.free = new ArrayDeque<>(all);
  }

  List<Slot> all() {
    return all;
  }

  /** One that is free, and then is not; empty where none is. */
  synchronized Optional<Slot> take() {
    return Optional.ofNullable(free.poll());
  }

  /** It has no transaction open any more. */
  synchronized void free(Slot slot) {
    free.add(slot);
  }

  @Override
  public void close() {
    all.forEach(Slot::close);
  }
}
