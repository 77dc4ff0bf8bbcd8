package io.penstock.core.run;

import java.util.ArrayDeque;

/** A task's side of a channel. What the channel refuses waits here, and so does the task. */
final class Outlet {
  private final Channel channel;
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();

  Outlet(Channel channel) {
    this.channel = channel;
  }

  void put(Item item) {
    if (!waiting.isEmpty() || !channel.put(item)) {
      waiting.add(item);
    }
  }

  /** Whether nothing waits any more. */
  boolean flush() {
    while (!waiting.isEmpty()) {
      if (!channel.put(waiting.peek())) {
        return false;
      }
      waiting.poll();
    }
    return true;
  }

  /** Puts what waits into the channel whatever its room, after all threads have stopped. */
  void force() {
    while (!waiting.isEmpty()) {
      channel.force(waiting.poll());
    }
  }
}
