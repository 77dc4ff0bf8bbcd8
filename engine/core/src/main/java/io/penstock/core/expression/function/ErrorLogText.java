package io.penstock.core.expression.function;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lines of web servers' error logs. */
final class ErrorLogText {
  private static final List<TimeFormat> TIMES =
      List.of(
          TimeFormat.of("EEE MMM d HH:mm:ss.SSSSSS yyyy"),
          TimeFormat.of("EEE MMM d HH:mm:ss yyyy"));
  private static final Pattern LEVEL = Pattern.compile("(?:([\\w-]*):)?(\\w+)");
  private static final Pattern PROCESS =
      Pattern.compile("pid ([0-9]{1,18})(?::tid ([0-9]{1,18}))?");
  private static final Pattern CODE = Pattern.compile("(AH[0-9]{5}): ");
  private static final Pattern NGINX =
      Pattern.compile("\\[(\\w+)\\] ([0-9]{1,18})#([0-9]{1,18}): (?:\\*([0-9]{1,18}) )?");
  private static final Pattern DETAIL = Pattern.compile(", ([a-z][a-z /]*): ?");
  private static final List<String> DETAILS =
      List.of("client", "server", "request", "upstream", "host", "referrer");

  private ErrorLogText() {}

  /** A line of Apache. */
  static @Nullable Object[] apache(String line, ZoneId zone) {
    TextCursor text = new TextCursor(line, "line of Apache's error log");
    @Nullable Object[] fields = new Object[9];
    text.expect("[");
    fields[0] = apacheTime(text, text.until("] ").replace("  ", " "), zone);
    text.expect("[");
    Matcher level = LEVEL.matcher(text.until("] "));
    if (!level.matches()) {
      throw text.wrong("the level is missing");
    }
    String module = level.group(1);
    fields[1] = module == null || module.isEmpty() ? null : module;
    fields[2] = level.group(2);
    Matcher process = PROCESS.matcher("");
    if (text.startsWith("[pid ")) {
      text.expect("[");
      process.reset(text.until("] "));
      if (process.matches()) {
        fields[3] = Long.valueOf(process.group(1));
        fields[4] = process.group(2) == null ? null : Long.valueOf(process.group(2));
      }
    }
    if (text.startsWith("[client ") || text.startsWith("[remote ")) {
      text.goTo(text.at() + 8);
      client(fields, text.until("] "), module != null);
    }
    Matcher code = CODE.matcher(line).region(text.at(), line.length());
    if (code.lookingAt()) {
      fields[7] = code.group(1);
      text.goTo(code.end());
    }
    fields[8] = text.rest();
    return fields;
  }

  private static long apacheTime(TextCursor text, String written, ZoneId zone) {
    for (TimeFormat format : TIMES) {
      long micros = format.parseTimestamp(written, zone, false);
      if (micros != Times.NONE) {
        return micros;
      }
    }
    throw text.wrong(Failure.quoted(written) + " is no time such as Sat Oct 10 13:55:36 2026");
  }

  /** An address, and behind it the port that servers with modules in their logs write. */
  private static void client(@Nullable Object[] fields, String written, boolean withPort) {
    int colon = written.lastIndexOf(':');
    boolean port = withPort && colon > 0 && written.substring(colon + 1).matches("[0-9]{1,5}");
    fields[5] = port ? written.substring(0, colon) : written;
    fields[6] = port ? Long.valueOf(written.substring(colon + 1)) : null;
  }

  /** A line of nginx. */
  static @Nullable Object[] nginx(String line, ZoneId zone) {
    TextCursor text = new TextCursor(line, "line of nginx's error log");
    @Nullable Object[] fields = new Object[6 + DETAILS.size() + 1];
    int year = text.number(4);
    text.expect("/");
    int month = text.number(2);
    text.expect("/");
    int day = text.number(2);
    text.expect(" ");
    LocalTime time = LogTime.timeOfDay(text);
    fields[0] = LogTime.of(text, year, month, day, time, zone);
    text.expect(" ");
    Matcher head = NGINX.matcher(line).region(text.at(), line.length());
    if (!head.lookingAt()) {
      throw text.wrong("level and process are missing " + text.place());
    }
    fields[1] = head.group(1);
    fields[2] = Long.valueOf(head.group(2));
    fields[3] = Long.valueOf(head.group(3));
    fields[4] = head.group(4) == null ? null : Long.valueOf(head.group(4));
    String message = line.substring(head.end());
    int details = message.indexOf(", client: ");
    fields[5] = details < 0 ? message : message.substring(0, details);
    Map<String, String> more =
        details < 0 ? new LinkedHashMap<>() : details(message.substring(details));
    for (int i = 0; i < DETAILS.size(); i++) {
      fields[6 + i] = more.remove(DETAILS.get(i));
    }
    fields[6 + DETAILS.size()] = more;
    return fields;
  }

  private static Map<String, String> details(String written) {
    Map<String, String> details = new LinkedHashMap<>();
    TextCursor text = new TextCursor(written, "list of details in a line of nginx's error log");
    Matcher detail = DETAIL.matcher(written);
    while (!text.ended()) {
      if (!detail.region(text.at(), written.length()).lookingAt()) {
        throw text.wrong("a detail such as `, host: x` is missing " + text.place());
      }
      text.goTo(detail.end());
      boolean quoted = text.here() == '"';
      details.putIfAbsent(detail.group(1), quoted ? text.quoted() : text.before(','));
    }
    return details;
  }
}
