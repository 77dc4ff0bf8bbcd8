package io.penstock.core.run;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A bounded way from one task to one other: up to 8 batches or 8 MiB; an empty one takes any one
 * batch. Marks take no room. Each side is woken when the other has made it possible to go on.
 */
final class Channel {
  static final int MOST_BATCHES = 8;
  static final long MOST_BYTES = 8 << 20;

  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private final int mostBatches;
  private final Task from;
  private final Task to;
  private int batches;
  private long bytes;
  private boolean refused;

  Channel(Task from, Task to, int mostBatches) {
    this.from = from;
    this.to = to;
    this.mostBatches = mostBatches;
  }

  /** Puts an item in, or refuses it for want of room. */
  boolean put(Item item) {
    boolean wasEmpty;
    synchronized (this) {
      boolean full =
          batches > 0
              && item.batches() > 0
              && (batches >= mostBatches || bytes + item.bytes() > MOST_BYTES);
      if (full) {
        refused = true;
        return false;
      }
      wasEmpty = items.isEmpty();
      items.add(item);
      batches += item.batches();
      bytes += item.bytes();
    }
    if (wasEmpty) {
      to.wake();
    }
    return true;
  }

  /** Puts an item in whatever the room. */
  synchronized void force(Item item) {
    items.add(item);
  }

  /** The next item, left where it is. */
  synchronized @Nullable Item peek() {
    return items.peek();
  }

  /** Takes the next item. */
  @Nullable Item poll() {
    Item item;
    boolean wake;
    synchronized (this) {
      item = items.poll();
      if (item == null) {
        return null;
      }
      batches -= item.batches();
      bytes -= item.bytes();
      wake = refused;
      refused = false;
    }
    if (wake) {
      from.wake();
    }
    return item;
  }

  /** Whether a batch of usual size would be taken. */
  synchronized boolean hasRoom() {
    boolean room = batches == 0 || batches < mostBatches && bytes < MOST_BYTES;
    refused |= !room;
    return room;
  }
}
