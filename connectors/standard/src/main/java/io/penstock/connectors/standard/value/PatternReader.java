package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.format.TextTypes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times by a pattern of java.time. A local time that a change of the clocks skips is shifted
 * forward, one that it repeats is the earlier, unless the pattern is strict.
 */
final class PatternReader implements ScalarReader {
  private final TextTypes.Text text;
  private final boolean day;
  private final DateTimeFormatter formatter;

  PatternReader(TextTypes.Text text, boolean day) {
    this.text = text;
    this.day = day;
    // 'y' is the year of an era; without an era it would never resolve strictly.
    this.formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(text.pattern())
            .parseDefaulting(ChronoField.ERA, 1)
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
  }

  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    String value = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    try {
      TemporalAccessor parsed = formatter.parse(value);
      Optional<Instant> at = day ? Optional.empty() : instant(parsed);
      if (!day && at.isEmpty()) {
        return false;
      }
      long number = day ? LocalDate.from(parsed).toEpochDay() : micros(at.orElseThrow());
      ((LongsBuilder) column).add(number);
      return true;
    } catch (DateTimeException noTime) {
      return false;
    }
  }

  private Optional<Instant> instant(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Optional.of(Instant.from(parsed));
    }
    LocalDate date = LocalDate.from(parsed);
    java.time.LocalTime time = parsed.query(TemporalQueries.localTime());
    LocalDateTime local = time == null ? date.atStartOfDay() : date.atTime(time);
    ZoneId named = parsed.query(TemporalQueries.zone());
    ZoneId zone = named == null ? text.zone().orElse(ZoneOffset.UTC) : named;
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (text.strict() && offsets.size() != 1) {
      return Optional.empty();
    }
    return Optional.of(ZonedDateTime.ofLocal(local, zone, null).toInstant());
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * Times.MICROS_PER_SECOND + at.getNano() / 1000;
  }

  @Override
  public String expected() {
    return "must be a " + (day ? "date" : "time") + " such as `" + text.pattern() + "`";
  }
}
