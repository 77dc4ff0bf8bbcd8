package io.penstock.dsl.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a run stops by itself: after so long, after so many rows, or whichever comes first. */
record Until(Optional<Duration> time, OptionalLong rows) {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern ROWS = Pattern.compile("(\\d{1,18}) ?rows?");

  static Until never() {
    return new Until(Optional.empty(), OptionalLong.empty());
  }

  /** Reads {@code 30s}, {@code 1000 rows}, {@code 30s|1000 rows}. */
  static Until of(String text) {
    Until until = never();
    for (String part : text.split("\\|", -1)) {
      Matcher rows = ROWS.matcher(part.strip());
      Matcher time = TIME.matcher(part.strip());
      if (rows.matches()) {
        until = new Until(until.time(), OptionalLong.of(Long.parseLong(rows.group(1))));
      } else if (time.matches()) {
        until = new Until(Optional.of(duration(time)), until.rows());
      } else {
        throw new UsageException(
            "--until must be such as 30s, 5m or \"1000 rows\", not `" + text + "`");
      }
    }
    return until;
  }

  /** Reads a duration of an option. */
  static Duration duration(String option, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new UsageException(option + " must be such as 500ms, 30s or 5m, not `" + text + "`");
    }
    return duration(time);
  }

  private static Duration duration(Matcher time) {
    long count = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
