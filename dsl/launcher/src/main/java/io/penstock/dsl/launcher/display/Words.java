package io.penstock.dsl.launcher.display;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Words() {}

  /** 1,234,567. */
  static String count(long count) {
    String digits = Long.toString(count);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (i > 0 && (digits.length() - i) % 3 == 0 && digits.charAt(i - 1) != '-') {
        text.append(',');
      }
      text.append(digit);
    }
    return text.toString();
  }

  /** 1 row, 2 rows. */
  static String count(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** 1.5 MiB. */
  static String bytes(long bytes) {
    int unit = 0;
    double size = bytes;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : oneDigit(size) + " " + UNITS[unit];
  }

  /** 0.4 s, 12 s, 2 min 5 s, 1 h 12 min. */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 10) {
      return oneDigit(time.toMillis() / 1000.0) + " s";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** How many in a second. */
  static long perSecond(long count, Duration time) {
    long nanos = time.toNanos();
    return nanos <= 0 ? 0 : Math.round(count * 1e9 / nanos);
  }

  private static String oneDigit(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
