package io.penstock.api.network;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Patience;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;
import java.util.Optional;

/** How what may pass is tried again: the waits grow, each to twice the one before. */
public record Retry(
    @Option(
            value = "How long to wait the first time; then twice as long each time.",
            byDefault = "200ms",
            matter = Matter.PACE)
        Duration first,
    @Option(
            value = "The longest wait, where the other side asks for none.",
            byDefault = "30s",
            matter = Matter.PACE)
        Duration atMost,
    @Option(
            value =
                "When to give up, which ends the run, or of `lookup` fails the row; `never` for never.",
            byDefault = "10m",
            matter = Matter.PACE)
        Patience giveUpAfter)
    implements Config {
  /** As it is where nothing is said. */
  public static final Retry USUAL =
      new Retry(
          Duration.ofMillis(200),
          Duration.ofSeconds(30),
          new Patience(Optional.of(Duration.ofMinutes(10))));

  private static final int DOUBLINGS = 30;

  @Override
  public void check(Checks checks) {
    if (first.isZero() || first.compareTo(atMost) > 0) {
      checks.problem(
          ProblemCode.E110,
          "first",
          "`first` is more than nothing and no more than `at_most`",
          "write `first: 200ms` and `at_most: 30s`");
    }
  }

  /** How long to wait after this many tries, at least one. */
  public Duration pause(int tries) {
    long nanos = first.toNanos();
    long most = atMost.toNanos();
    for (int i = 1; i < Math.min(tries, DOUBLINGS) && nanos < most; i++) {
      nanos *= 2;
    }
    return Duration.ofNanos(Math.min(nanos, most));
  }
}
