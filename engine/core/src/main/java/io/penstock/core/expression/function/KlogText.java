package io.penstock.core.expression.function;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a line of klog: {@code I0102 03:04:05.678901 7 main.go:42] ready}. */
final class KlogText {
  private static final Map<Character, String> LEVELS =
      Map.of('I', "info", 'W', "warning", 'E', "error", 'F', "fatal");

  private KlogText() {}

  static @Nullable Object[] read(String line, ZoneId zone, long readAt) {
    TextCursor text = new TextCursor(line, "line of klog");
    @Nullable Object[] fields = new Object[6];
    String level = LEVELS.get(text.here());
    if (level == null) {
      throw text.wrong("it does not begin with I, W, E or F");
    }
    fields[0] = level;
    text.goTo(1);
    int month = text.number(2);
    int day = text.number(2);
    text.expect(" ");
    LocalTime time = LogTime.timeOfDay(text);
    fields[1] = LogTime.latest(text, month, day, time, zone, readAt);
    text.expect(" ");
    text.blanks();
    fields[2] = Long.valueOf(text.number(9));
    text.expect(" ");
    String place = text.until("] ");
    int colon = place.lastIndexOf(':');
    if (colon <= 0 || !place.substring(colon + 1).matches("[0-9]{1,9}")) {
      throw text.wrong(Failure.quoted(place) + " is no file and line");
    }
    fields[3] = place.substring(0, colon);
    fields[4] = Long.valueOf(place.substring(colon + 1));
    fields[5] = text.rest();
    return fields;
  }
}
