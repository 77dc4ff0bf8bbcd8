package io.penstock.core.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The local times of a cron expression of five fields: minute, hour, day of the month, month, day
 * of the week. Where both kinds of days are restricted, a day of either kind is meant. Immutable.
 */
public final class CronCalendar {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final ExecutionTime times;
  private final boolean everyHour;

  private CronCalendar(String expression) {
    this.times = ExecutionTime.forCron(parsed(expression));
    this.everyHour = fields(expression).get(CronField.HOUR.ordinal()).equals("*");
  }

  /**
   * The calendar of an expression in which {@link #mistake} finds nothing wrong.
   *
   * @throws IllegalArgumentException where it cannot be read
   */
  static CronCalendar of(String expression) {
    return new CronCalendar(expression);
  }

  /** What is wrong with an expression; empty where it can be read and its time comes again. */
  public static Optional<CronMistake> mistake(String expression) {
    String written = expression.strip();
    if (written.startsWith("@")) {
      String meant = NICKNAMES.get(written);
      return Optional.of(
          CronMistake.unreadable(
              "it is a nickname",
              meant == null ? "write five fields: `0 2 * * *`" : "write `" + meant + "`"));
    }
    List<String> fields = fields(written);
    if (fields.size() != CronField.values().length) {
      int count = written.isEmpty() ? 0 : fields.size();
      return Optional.of(
          CronMistake.unreadable(
              "it has " + count + (count == 1 ? " field" : " fields"),
              "write minute, hour, day of the month, month and day of the week: `0 2 * * *`"));
    }
    for (CronField field : CronField.values()) {
      String value = fields.get(field.ordinal());
      if (!isReadable(field.alone(value))) {
        return Optional.of(
            CronMistake.unreadable(
                "its " + field.words() + " `" + value + "` cannot be read",
                field.range() + "; write one, `*`, `1-5`, `1,3` or `*/2`"));
      }
    }
    return comes(written)
        ? Optional.empty()
        : Optional.of(
            new CronMistake(
                "it names a day that no year has", "write a day that its months have", true));
  }

  /** The first local time later than that one. */
  Optional<LocalDateTime> after(LocalDateTime time) {
    return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(found -> found.toLocalDateTime());
  }

  /** The last local time before that one. */
  Optional<LocalDateTime> before(LocalDateTime time) {
    return times.lastExecution(time.atZone(ZoneOffset.UTC)).map(found -> found.toLocalDateTime());
  }

  /** Whether the hour is left open, so that an hour that comes twice counts twice. */
  boolean everyHour() {
    return everyHour;
  }

  private static boolean isReadable(String expression) {
    try {
      parsed(expression);
      return true;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static boolean comes(String expression) {
    return of(expression).after(LocalDateTime.of(2000, 1, 1, 0, 0)).isPresent();
  }

  private static Cron parsed(String expression) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    // The library takes `0|1` for two expressions.
    if (expression.indexOf('|') >= 0) {
      throw new IllegalArgumentException("no field holds a |");
    }
    return parser.parse(expression.strip()).validate();
  }

  private static List<String> fields(String expression) {
    return List.of(BLANKS.split(expression.strip()));
  }
}
