package io.penstock.core.expression.function;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.ValueType;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Zones, units and patterns of time functions: read once per call, checked early where constant.
 */
final class Zones {
  static final List<String> CLOCK_UNITS =
      List.of("microsecond", "millisecond", "second", "minute", "hour");
  static final List<String> CALENDAR_UNITS = List.of("day", "week", "month", "quarter", "year");

  private Zones() {}

  static ZoneId zone(Call call, int slot, String name) {
    return call.remember(slot, name, Zones::zone);
  }

  static TimeFormat format(Call call, int slot, String pattern) {
    return call.remember(slot, pattern, Zones::format);
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw Failure.domain(
          Failure.quoted(name) + " is no time zone such as UTC, Europe/Paris or +02:00");
    }
  }

  static TimeFormat format(String pattern) {
    try {
      return TimeFormat.of(pattern);
    } catch (IllegalArgumentException broken) {
      throw Failure.pattern(
          Failure.quoted(pattern) + " is no time pattern such as yyyy-MM-dd HH:mm:ss");
    }
  }

  static String unit(String unit) {
    if (!CLOCK_UNITS.contains(unit) && !CALENDAR_UNITS.contains(unit)) {
      throw Failure.domain(
          Failure.quoted(unit)
              + " is no unit of time: "
              + String.join(", ", CLOCK_UNITS)
              + ", "
              + String.join(", ", CALENDAR_UNITS));
    }
    return unit;
  }

  static String calendarUnit(String unit) {
    if (!CALENDAR_UNITS.contains(unit)) {
      throw Failure.domain(
          Failure.quoted(unit) + " is no unit of dates: " + String.join(", ", CALENDAR_UNITS));
    }
    return unit;
  }

  static String epochUnit(String unit) {
    if (!unit.equals("s") && !unit.equals("ms") && !unit.equals("us") && !unit.equals("ns")) {
      throw Failure.domain(Failure.quoted(unit) + " is no unit of times since 1970: s, ms, us, ns");
    }
    return unit;
  }

  /** A way to read a constant text, failing where it makes no sense. */
  private interface Check {
    Object read(String text);
  }

  private static void check(Typing.Arguments arguments, int index, Check check, String hint) {
    Optional<Object> constant =
        index < arguments.count() ? arguments.constant(index) : Optional.empty();
    if (constant.isEmpty() || !(constant.get() instanceof String text)) {
      return;
    }
    try {
      check.read(text);
    } catch (io.penstock.core.expression.EvaluationException wrong) {
      throw new Typing.Mistake(index, wrong.text(), hint);
    }
  }

  private static void zoneAt(Typing.Arguments arguments, int index) {
    check(arguments, index, Zones::zone, "name a zone such as 'UTC' or 'Europe/Paris'");
  }

  private static void patternAt(Typing.Arguments arguments, int index) {
    check(arguments, index, Zones::format, "Patterns have the letters of java.time");
  }

  /** Functions of a time and a zone. */
  public static final class ZoneSecond implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      zoneAt(arguments, 1);
      return arguments.declared();
    }
  }

  /** Functions of a zone. */
  public static final class ZoneFirst implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      zoneAt(arguments, 0);
      return arguments.declared();
    }
  }

  /** Functions of a text or time, a pattern and perhaps a zone. */
  public static final class PatternAndZone implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      patternAt(arguments, 1);
      zoneAt(arguments, 2);
      return arguments.declared();
    }

    @Override
    public Optional<Mistake> doubt(Arguments arguments) {
      return arguments
          .constant(1)
          .flatMap(pattern -> format((String) pattern).doubt())
          .map(
              doubt ->
                  new Mistake(
                      1,
                      "`" + doubt.letter() + "` is " + doubt.meaning(),
                      "write `" + doubt.meant() + "`"));
    }
  }

  /** Functions of a unit first, and perhaps a zone last. */
  public static final class UnitFirst implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      check(arguments, 0, Zones::unit, "write the unit as a text, such as 'day'");
      int last = arguments.count() - 1;
      if (last > 1 && arguments.type(last).type().equals(io.penstock.api.data.DataType.STRING)) {
        zoneAt(arguments, last);
      }
      return arguments.declared();
    }
  }

  /** Functions of a number or time and the unit that counts it from 1970. */
  public static final class EpochUnit implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      check(arguments, 1, Zones::epochUnit, "write the unit as a text, such as 'ms'");
      return arguments.declared();
    }
  }
}
