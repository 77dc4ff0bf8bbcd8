package io.penstock.core.system;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Counts the files that are open, against the most that the system allows. Thread-safe. */
final class Handles {
  // Java's own: libraries, the class files it still has to load, sockets.
  private static final int RESERVE = 80;
  private static final int UNKNOWN = -1;

  private final IntSupplier limit;
  private final AtomicInteger open = new AtomicInteger();
  private volatile int most = UNKNOWN;

  /**
   * Counts from none.
   *
   * @param limit how many files the process may have open; asked once, when it is first needed
   */
  Handles(IntSupplier limit) {
    this.limit = limit;
  }

  /** How many more may be held open. */
  int spare() {
    int known = most;
    if (known == UNKNOWN) {
      known = limit.getAsInt();
      most = known;
    }
    return Math.max(0, known - RESERVE - open.get());
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }
}
