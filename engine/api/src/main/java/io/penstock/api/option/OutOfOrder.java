package io.penstock.api.option;

import java.time.Duration;
import java.util.Optional;

/**
 * How much later than its successors a row may come: {@code 10s}, or {@code unbounded}.
 *
 * @param most never negative; empty: as late as it likes, so that nothing is known before the end
 */
public record OutOfOrder(Optional<Duration> most) {
  /** Rows come in the order of their times. */
  public static final OutOfOrder NONE = new OutOfOrder(Optional.of(Duration.ZERO));

  /** Rows come in any order. */
  public static final OutOfOrder UNBOUNDED = new OutOfOrder(Optional.empty());

  public OutOfOrder {
    if (most.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException("out of order by " + most.get());
    }
  }
}
