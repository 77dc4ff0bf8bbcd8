package io.penstock.connectors.kafka;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;
import java.util.Map;

/** How long brokers that do not take what is sent are tried again. */
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

  /** Puts in how long each connection and each request waits. */
  void putInto(Map<String, Object> settings) {
    long millis = Math.max(1, first.toMillis());
    long most = Math.max(millis, atMost.toMillis());
    settings.putIfAbsent("retry.backoff.ms", millis);
    settings.putIfAbsent("retry.backoff.max.ms", most);
    settings.putIfAbsent("reconnect.backoff.ms", Math.min(millis, 50));
    settings.putIfAbsent("reconnect.backoff.max.ms", Math.min(most, 1000));
  }

  /** When no more is tried, in milliseconds. */
  int giveUpMillis() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, giveUpAfter.toMillis()));
  }
}
