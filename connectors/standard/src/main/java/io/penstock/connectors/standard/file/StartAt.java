package io.penstock.connectors.standard.file;

import io.penstock.api.system.Disk;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where a source without end begins: what was there before is taken for read.
 *
 * @param micros the time from which on files count, micros since 1970
 */
record StartAt(long micros) {
  private static final String EARLIEST = "earliest";
  private static final String LATEST = "latest";

  /** A time behind all others: what is there at the first look is passed over. */
  private static final StartAt NOW = new StartAt(Long.MAX_VALUE);

  /** Whether the text can be read. */
  static boolean isValid(String text) {
    return text.equals(EARLIEST) || text.equals(LATEST) || time(text).isPresent();
  }

  /** The start that is written; empty for the earliest. */
  static Optional<StartAt> of(String text) {
    if (text.equals(EARLIEST)) {
      return Optional.empty();
    }
    return text.equals(LATEST) ? Optional.of(NOW) : time(text).map(StartAt::new);
  }

  private static Optional<Long> time(String text) {
    try {
      OffsetDateTime at =
          text.length() == "2026-01-01".length()
              ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
              : OffsetDateTime.parse(text);
      return Optional.of(at.toEpochSecond() * 1_000_000 + at.getNano() / 1000);
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }

  /** Whether a file that is there at the start is passed over. */
  boolean isBehind(Disk.Entry file) {
    return file.modifiedMicros() < micros;
  }
}
