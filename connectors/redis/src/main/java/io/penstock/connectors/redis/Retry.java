package io.penstock.connectors.redis;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;

/** How long a server that gives no answer is tried again. */
public record Retry(
    @Option(
            value = "The wait before the second try; each is twice the one before.",
            byDefault = "200ms",
            matter = Matter.PACE)
        Duration first,
    @Option(value = "The longest wait between two tries.", byDefault = "30s", matter = Matter.PACE)
        Duration atMost,
    @Option(value = "When no more is tried.", byDefault = "10m", matter = Matter.PACE)
        Duration giveUpAfter)
    implements Config {
  static final Retry STANDARD =
      new Retry(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(10));

  private static final int MOST_DOUBLINGS = 30;

  @Override
  public void check(Checks checks) {
    if (first.compareTo(atMost) > 0) {
      checks.problem(
          ProblemCode.E110,
          "first",
          "`first` is the shortest wait, and `at_most` the longest",
          "make `at_most` as long as `first` at least");
    }
  }

  /**
   * The wait before the next try.
   *
   * @param failed how many tries have failed, from 1
   */
  Duration wait(int failed) {
    long nanos = Math.max(1, first.toNanos());
    for (int i = 1; i < Math.min(failed, MOST_DOUBLINGS) && nanos < atMost.toNanos(); i++) {
      nanos *= 2;
    }
    return Duration.ofNanos(Math.min(nanos, Math.max(1, atMost.toNanos())));
  }
}
