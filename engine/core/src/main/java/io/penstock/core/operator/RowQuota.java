package io.penstock.core.operator;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How many more records a run may read. Thread-safe. */
public final class RowQuota {
  private final AtomicLong left;

  private RowQuota(long rows) {
    left = new AtomicLong(rows);
  }

  /** So many where there is a limit. */
  public static RowQuota of(OptionalLong rows) {
    return new RowQuota(rows.orElse(Long.MAX_VALUE));
  }

  /** No end. */
  public static RowQuota none() {
    return of(OptionalLong.empty());
  }

  /** Takes up to so many; what is not used goes back, and an update may use one more. */
  int take(int wanted) {
    while (true) {
      long now = left.get();
      int taken = (int) Math.max(0, Math.min(now, wanted));
      if (now == Long.MAX_VALUE || left.compareAndSet(now, now - taken)) {
        return taken;
      }
    }
  }

  void giveBack(int unused) {
    if (left.get() != Long.MAX_VALUE) {
      left.addAndGet(unused);
    }
  }

  /** Whether none is left. */
  public boolean isUsedUp() {
    return left.get() <= 0;
  }
}
