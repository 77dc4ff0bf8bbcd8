package io.penstock.connectors.redis;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Where reading of a stream begins the first time. */
sealed interface Start {
  /** With the first entry that is there. */
  record Earliest() implements Start {}

  /** Behind the last entry that is there. */
  record Latest() implements Start {}

  /** With the first entry of this time or later, milliseconds since 1970. */
  record At(long millis) implements Start {}

  /** The start that is written; empty where it cannot be read. */
  static Optional<Start> of(String text) {
    return switch (text) {
      case "earliest" -> Optional.of(new Earliest());
      case "latest" -> Optional.of(new Latest());
      default -> time(text);
    };
  }

  private static Optional<Start> time(String text) {
    try {
      OffsetDateTime at =
          text.length() == "2026-01-01".length()
              ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
              : OffsetDateTime.parse(text);
      return Optional.of(new At(at.toInstant().toEpochMilli()));
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }
}
