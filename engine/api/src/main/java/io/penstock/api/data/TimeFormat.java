package io.penstock.api.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of java.time's letters, ready to read and write times. Names of months and days are
 * English, their case is free in reading; days that do not exist are no match. Immutable, for any
 * thread.
 */
public final class TimeFormat {
  private final String pattern;
  private final DateTimeFormatter reader;
  private final DateTimeFormatter writer;
  private final boolean date;
  private final boolean time;
  private final @Nullable FixedTimeText fixed; // absent for patterns it does not know

  private TimeFormat(String pattern) {
    this.pattern = pattern;
    String letters = letters(pattern);
    this.time = hasAny(letters, "HhKkanNAB");
    this.date = hasAny(letters, "uyY");
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
    if (!letters.contains("G")) {
      builder.parseDefaulting(ChronoField.ERA, 1);
    }
    if (!hasAny(letters, "MLDwWeEcFQq")) {
      builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
      builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
    } else if (hasAny(letters, "ML") && !hasAny(letters, "dDF")) {
      builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
    }
    this.reader =
        builder
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);
    this.writer = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    this.fixed = FixedTimeText.of(pattern).orElse(null);
  }

  /**
   * The format of a pattern.
   *
   * @throws IllegalArgumentException where the pattern is none; the message says why
   */
  public static TimeFormat of(String pattern) {
    return new TimeFormat(pattern);
  }

  /** Whether the pattern has a year, so that dates can be read by it. */
  public boolean readsDates() {
    return date;
  }

  /**
   * Reads a timestamp. Where the text names an offset or zone, that counts, not {@code zone}. A
   * local time that a change of the clocks skips is shifted forward, of a repeated one the earlier
   * is taken.
   *
   * @param strict whether skipped and repeated local times are no match
   * @return microseconds since 1970, or {@link Times#NONE}
   */
  public long parseTimestamp(CharSequence text, ZoneId zone, boolean strict) {
    if (!date) {
      return Times.NONE;
    }
    long local = fixed == null || strict ? Times.NONE : fixed.parseLocal(text);
    return local == Times.NONE ? parsed(text, zone, strict) : FixedTimeText.inZone(local, zone);
  }

  /** Reads a date to days since 1970, or {@link Times#NONE}. */
  public long parseDate(CharSequence text) {
    if (!date) {
      return Times.NONE;
    }
    long local = fixed == null ? Times.NONE : fixed.parseLocal(text);
    if (local != Times.NONE) {
      return Math.floorDiv(local, Times.MICROS_PER_DAY);
    }
    try {
      return LocalDate.from(reader.parse(text)).toEpochDay();
    } catch (DateTimeException noMatch) {
      return Times.NONE;
    }
  }

  /**
   * Writes a timestamp as seen in a zone.
   *
   * @throws DateTimeException where the time has no such form
   */
  public String formatTimestamp(long micros, ZoneId zone) {
    return writer.format(instant(micros).atZone(zone));
  }

  /**
   * Writes a date.
   *
   * @throws DateTimeException where a date has no such form
   */
  public String formatDate(long days) {
    return writer.format(LocalDate.ofEpochDay(days));
  }

  /** Whether dates can be written by the pattern: it asks for no time and no zone. */
  public boolean writesDates() {
    try {
      formatDate(0);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The instant of a timestamp. */
  public static Instant instant(long micros) {
    long seconds = Math.floorDiv(micros, Times.MICROS_PER_SECOND);
    return Instant.ofEpochSecond(seconds, (micros - seconds * Times.MICROS_PER_SECOND) * 1000);
  }

  /**
   * The timestamp of an instant; what is beyond microseconds is cut off.
   *
   * @throws ArithmeticException where it is out of range
   */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Times.MICROS_PER_SECOND),
        instant.getNano() / 1000);
  }

  private long parsed(CharSequence text, ZoneId zone, boolean strict) {
    try {
      TemporalAccessor read = reader.parse(text);
      if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
        return micros(Instant.from(read));
      }
      LocalDateTime local = LocalDateTime.of(LocalDate.from(read), timeOf(read));
      ZoneId named = read.query(TemporalQueries.zone());
      ZoneId used = named == null ? zone : named;
      if (strict && used.getRules().getValidOffsets(local).size() != 1) {
        return Times.NONE;
      }
      return micros(local.atZone(used).toInstant());
    } catch (DateTimeException | ArithmeticException noMatch) {
      return Times.NONE;
    }
  }

  private LocalTime timeOf(TemporalAccessor read) {
    if (!time) {
      return LocalTime.MIDNIGHT;
    }
    return LocalTime.from(read);
  }

  /**
   * What a letter of the pattern means, where that is probably not what is meant.
   *
   * @param meaning what the letter is
   * @param meant what to write instead
   */
  public record Doubt(char letter, String meaning, String meant) {}

  /** The first letter that probably means something else; empty where there is none. */
  public Optional<Doubt> doubt() {
    String letters = letters(pattern);
    if (hasAny(letters, "Y") && !hasAny(letters, "w")) {
      return Optional.of(new Doubt('Y', "the year of the week", "yyyy"));
    }
    if (hasAny(letters, "D") && hasAny(letters, "ML")) {
      return Optional.of(new Doubt('D', "the day of the year", "dd"));
    }
    return hasAny(letters, "h") && !hasAny(letters, "aB")
        ? Optional.of(new Doubt('h', "the hour of half a day", "HH"))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return pattern;
  }

  /** The pattern's letters outside quotes. */
  private static String letters(String pattern) {
    StringBuilder letters = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && Character.isLetter(c)) {
        letters.append(c);
      }
    }
    return letters.toString();
  }

  private static boolean hasAny(String letters, String wanted) {
    for (int i = 0; i < letters.length(); i++) {
      if (wanted.indexOf(letters.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
