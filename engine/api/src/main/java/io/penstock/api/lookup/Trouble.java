package io.penstock.api.lookup;

import io.penstock.api.network.Retry;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * For how long a lookup has had no answer, and how it waits before it asks again. Used by the
 * thread that asks.
 */
public final class Trouble {
  private static final long LONGEST_WAIT = Duration.ofMillis(100).toNanos();

  private final Retry retry;
  private final LookupContext run;
  private Optional<Long> since = Optional.empty();

  public Trouble(Retry retry, LookupContext run) {
    this.retry = retry;
    this.run = run;
  }

  /** There is none: an answer has come, or asking begins. */
  public void over() {
    since = Optional.empty();
  }

  /** Whether it has gone on for too long to ask again after so many tries. */
  public boolean isSpent(int tries) {
    long now = run.clock().nanos();
    since = since.or(() -> Optional.of(now));
    long wait = retry.pause(tries).toNanos();
    return retry.giveUpAfter().isOver(now - since.orElse(now) + wait);
  }

  /** Waits after so many tries, no longer than answers are wanted. */
  public void pause(int tries) throws InterruptedIOException {
    long left = retry.pause(tries).toNanos();
    try {
      while (left > 0 && !run.isAbandoned()) {
        run.scheduler().sleep(Duration.ofNanos(Math.min(left, LONGEST_WAIT)));
        left -= LONGEST_WAIT;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
