package io.penstock.connectors.http;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Patience;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;
import java.util.List;

/** How often something is tried again. */
public record Retry(
    @Option(
            value = "How long to wait the first time; then twice as long each time.",
            byDefault = "200ms",
            matter = Matter.PACE)
        Duration first,
    @Option(
            value = "The longest wait, where the server asks for none.",
            byDefault = "30s",
            matter = Matter.PACE)
        Duration atMost,
    @Option(
            value = "When to give up and end the run; `never` for never.",
            byDefault = "10m",
            matter = Matter.PACE)
        Patience giveUpAfter,
    @Option(
            value =
                "Statuses that are about the rows and not about the server; rows that get one are not sent again and follow `on_error`. Left out: 400 and 422.",
            matter = Matter.PACE)
        List<Integer> giveUpOn)
    implements Config {
  /** As it is where nothing is said. */
  static final Retry USUAL =
      new Retry(
          Duration.ofMillis(200),
          Duration.ofSeconds(30),
          new Patience(java.util.Optional.of(Duration.ofMinutes(10))),
          List.of());

  private static final List<Integer> ABOUT_ROWS = List.of(400, 422);
  private static final int DOUBLINGS = 30;

  public Retry {
    giveUpOn = List.copyOf(giveUpOn);
  }

  @Override
  public void check(Checks checks) {
    for (int status : giveUpOn) {
      if (status < 400 || status > 599) {
        checks.problem(
            ProblemCode.E105,
            "give_up_on",
            "`give_up_on` has statuses from 400 to 599, not `" + status + "`",
            "name statuses by which the server refuses rows, such as 400");
      }
    }
    if (first.isZero() || first.compareTo(atMost) > 0) {
      checks.problem(
          ProblemCode.E110,
          "first",
          "`first` is more than nothing and no more than `at_most`",
          "write `first: 200ms` and `at_most: 30s`");
    }
  }

  /** Whether a status is about the rows that were sent. */
  boolean isAboutRows(int status) {
    return (giveUpOn.isEmpty() ? ABOUT_ROWS : giveUpOn).contains(status);
  }

  /** How long to wait after this many tries. */
  Duration pause(int tries) {
    long nanos = first.toNanos();
    long most = atMost.toNanos();
    for (int i = 1; i < Math.min(tries, DOUBLINGS) && nanos < most; i++) {
      nanos *= 2;
    }
    return Duration.ofNanos(Math.min(nanos, most));
  }
}
