package io.penstock.core.expression.function;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a line of a web server's access log in the common or the combined form. Used once. */
final class AccessLogText {
  private static final TimeFormat TIME = TimeFormat.of("dd/MMM/yyyy:HH:mm:ss Z");
  private static final Pattern REQUEST =
      Pattern.compile("([A-Za-z_-]+) (\\S+)(?: ([A-Za-z]+/[0-9.]+))?");
  private static final int FIELDS = 13;

  private final TextCursor text;

  AccessLogText(String text, String form) {
    this.text = new TextCursor(text, form);
  }

  @Nullable Object[] read() {
    @Nullable Object[] fields = new Object[FIELDS];
    fields[0] = part(text.until(" "));
    fields[1] = part(text.until(" "));
    fields[2] = part(text.until(" ["));
    if (fields[0] == null) {
      throw text.wrong("the client is missing");
    }
    fields[3] = time(text.until("] "));
    String request = text.quoted();
    fields[4] = part(request);
    Matcher parts = REQUEST.matcher(request);
    if (parts.matches()) {
      fields[5] = parts.group(1);
      fields[6] = parts.group(2);
      fields[7] = parts.group(3);
    }
    text.expect(" ");
    fields[8] = number(text.word(), 3);
    text.expect(" ");
    fields[9] = number(text.word(), 18);
    if (text.startsWith(" \"")) {
      text.expect(" ");
      fields[10] = part(text.quoted());
      text.expect(" ");
      fields[11] = part(text.quoted());
    }
    if (!text.ended()) {
      text.expect(" ");
      fields[12] = text.rest();
    }
    return fields;
  }

  private long time(String written) {
    long micros = TIME.parseTimestamp(written, ZoneOffset.UTC, false);
    if (micros == Times.NONE) {
      throw text.wrong(Failure.quoted(written) + " is no time such as 10/Oct/2026:13:55:36 -0700");
    }
    return micros;
  }

  private @Nullable Long number(String written, int digits) {
    if (written.equals("-")) {
      return null;
    }
    if (written.isEmpty() || written.length() > digits || !written.matches("[0-9]+")) {
      throw text.wrong(Failure.quoted(written) + " is no number");
    }
    return Long.valueOf(written);
  }

  /** A field; null for a dash. */
  private static @Nullable String part(String written) {
    return written.equals("-") || written.isEmpty() ? null : written;
  }
}
