package io.penstock.connectors.http;

import io.penstock.api.system.Clock;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a server has answered.
 *
 * @param body no more than was asked for
 * @param cut whether there was more
 */
record Answer(int status, HttpHeaders headers, byte[] body, boolean cut) {
  private static final int SHOWN = 200;
  private static final Duration LONGEST = Duration.ofDays(365);

  boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** Whether another try may be answered otherwise. */
  boolean mayPass() {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  /** How long the server asks to wait, in seconds or until a time. */
  Optional<Duration> retryAfter(Clock clock) {
    Optional<String> said = headers.firstValue("Retry-After").map(String::strip);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration wait =
          said.get().matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(said.get()))
              : Duration.between(
                  Instant.EPOCH.plus(clock.micros(), ChronoUnit.MICROS),
                  ZonedDateTime.parse(said.get(), DateTimeFormatter.RFC_1123_DATE_TIME));
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait)
          .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** As it is said in messages: the status, and the beginning of the body where that is text. */
  String shown() {
    String text = new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder();
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
    String words = line.toString().strip();
    return status
        + (words.isEmpty() ? "" : " (" + words + (body.length > SHOWN ? "..." : "") + ")");
  }
}
