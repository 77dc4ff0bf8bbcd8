package io.penstock.connectors.kafka;

import io.penstock.api.network.Retry;
import java.time.Duration;
import java.util.Map;

/** What is tried again, in the words of Kafka's clients. */
final class Pauses {
  private static final long LONGEST_RECONNECT = 1000;
  private static final long FIRST_RECONNECT = 50;

  private Pauses() {}

  /** Puts in how long each connection and each request waits. */
  static void putInto(Map<String, Object> settings, Retry retry) {
    long millis = Math.max(1, retry.first().toMillis());
    long most = Math.max(millis, retry.atMost().toMillis());
    settings.putIfAbsent("retry.backoff.ms", millis);
    settings.putIfAbsent("retry.backoff.max.ms", most);
    settings.putIfAbsent("reconnect.backoff.ms", Math.min(millis, FIRST_RECONNECT));
    settings.putIfAbsent("reconnect.backoff.max.ms", Math.min(most, LONGEST_RECONNECT));
  }

  /** When no more is tried, in milliseconds; the longest time there is for never. */
  static int giveUpMillis(Retry retry) {
    long most = retry.giveUpAfter().most().map(Duration::toMillis).orElse(Long.MAX_VALUE);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, most));
  }
}
