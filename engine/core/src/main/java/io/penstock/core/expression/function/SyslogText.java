package io.penstock.core.expression.function;

import io.penstock.api.data.Times;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a message of syslog, as RFC 5424 or RFC 3164 have it. Used once. */
final class SyslogText {
  private static final List<String> FACILITIES =
      List.of(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp",
          "ntp",
          "audit",
          "alert",
          "clock",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");
  private static final List<String> SEVERITIES =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]? ");
  private static final Pattern DAY = Pattern.compile("([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) ");
  private static final Pattern TAG = Pattern.compile("([^\\s\\[\\]:]{1,64})(?:\\[([^\\]]*)\\])?:");
  private static final int FIELDS = 9;
  private static final int TIME = 2;
  private static final int HOST = 3;
  private static final int APP = 4;
  private static final int PROCESS = 5;
  private static final int MESSAGE_ID = 6;
  private static final int DATA = 7;
  private static final int MESSAGE = 8;

  private final String all;
  private final TextCursor text;
  private final ZoneId zone;
  private final long readAt;
  private final @Nullable Object[] fields = new Object[FIELDS];

  SyslogText(String text, ZoneId zone, long readAt) {
    this.all = text;
    this.text = new TextCursor(text, "message of syslog");
    this.zone = zone;
    this.readAt = readAt;
  }

  @Nullable Object[] read() {
    boolean priority = priority();
    fields[DATA] = Map.of();
    if (priority && matches(VERSION)) {
      structured();
    } else {
      plain(priority);
    }
    return fields;
  }

  private boolean matches(Pattern pattern) {
    return pattern.matcher(all).region(text.at(), all.length()).lookingAt();
  }

  private boolean priority() {
    if (!text.take("<")) {
      return false;
    }
    int priority = text.number(3);
    text.expect(">");
    if (priority >= FACILITIES.size() * SEVERITIES.size()) {
      throw text.wrong("the priority " + priority + " is above 191");
    }
    fields[0] = FACILITIES.get(priority / SEVERITIES.size());
    fields[1] = SEVERITIES.get(priority % SEVERITIES.size());
    return true;
  }

  private void structured() {
    text.word();
    String time = header();
    if (time != null) {
      long micros = Times.parseTimestamp(time);
      if (micros == Times.NONE) {
        throw text.wrong(Failure.quoted(time) + " is no time");
      }
      fields[TIME] = micros;
    }
    fields[HOST] = header();
    fields[APP] = header();
    fields[PROCESS] = header();
    fields[MESSAGE_ID] = header();
    text.expect(" ");
    if (!text.take("-")) {
      fields[DATA] = data();
    }
    if (!text.ended()) {
      text.expect(" ");
    }
    text.take("\uFEFF");
    fields[MESSAGE] = text.rest();
  }

  /** A field of the header; null for a dash. */
  private @Nullable String header() {
    text.expect(" ");
    String word = text.word();
    if (word.isEmpty()) {
      throw text.wrong("a field is missing " + text.place());
    }
    return word.equals("-") ? null : word;
  }

  private Map<String, Map<String, String>> data() {
    Map<String, Map<String, String>> data = new LinkedHashMap<>();
    text.expect("[");
    do {
      Map<String, String> element = new LinkedHashMap<>();
      data.putIfAbsent(name(), element);
      while (!text.take("]")) {
        text.expect(" ");
        text.blanks();
        if (text.here() == ']') {
          continue;
        }
        String name = name();
        text.expect("=\"");
        element.putIfAbsent(name, value());
      }
    } while (text.take("["));
    return data;
  }

  private String name() {
    int from = text.at();
    while (!text.ended() && " =]\"".indexOf(text.here()) < 0) {
      text.goTo(text.at() + 1);
    }
    if (from == text.at()) {
      throw text.wrong("a name is missing " + text.place());
    }
    return all.substring(from, text.at());
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    while (!text.take("\"")) {
      if (text.ended()) {
        throw text.wrong("a quote is not closed");
      }
      boolean escape = text.startsWith("\\\"") || text.startsWith("\\\\") || text.startsWith("\\]");
      text.goTo(text.at() + (escape ? 1 : 0));
      value.append(text.here());
      text.goTo(text.at() + 1);
    }
    return value.toString();
  }

  private void plain(boolean priority) {
    boolean time = time();
    if (!time && !priority) {
      throw text.wrong("it begins with neither a priority nor a time");
    }
    if (time) {
      text.blanks();
      tagged();
    }
    fields[MESSAGE] = text.rest();
  }

  private boolean time() {
    Matcher day = DAY.matcher(all).region(text.at(), all.length());
    if (day.lookingAt() && LogTime.month(day.group(1)) > 0) {
      int month = LogTime.month(day.group(1));
      int number = Integer.parseInt(day.group(2));
      text.goTo(day.end());
      int year = year();
      LocalTime time = LogTime.timeOfDay(text);
      fields[TIME] =
          year > 0
              ? LogTime.of(text, year, month, number, time, zone)
              : LogTime.latest(text, month, number, time, zone, readAt);
      return true;
    }
    int from = text.at();
    long micros = Times.parseTimestamp(text.word());
    if (micros == Times.NONE) {
      text.goTo(from);
      return false;
    }
    fields[TIME] = micros;
    return true;
  }

  /** A year between day and time, as some devices write it; 0 where there is none. */
  private int year() {
    int from = text.at();
    int year = text.number(4);
    if (text.at() - from == 4 && text.take(" ")) {
      return year;
    }
    text.goTo(from);
    return 0;
  }

  /** Host, program and process; a message of the same machine may lack the host. */
  private void tagged() {
    if (!tag()) {
      int from = text.at();
      String host = text.word();
      if (text.ended()) {
        text.goTo(from);
        return;
      }
      fields[HOST] = host;
      text.blanks();
      tag();
    }
  }

  private boolean tag() {
    Matcher tag = TAG.matcher(all).region(text.at(), all.length());
    boolean there = tag.lookingAt() && (tag.end() == all.length() || all.charAt(tag.end()) == ' ');
    if (there) {
      fields[APP] = tag.group(1);
      fields[PROCESS] = tag.group(2);
      text.goTo(tag.end());
      text.take(" ");
    }
    return there;
  }
}
