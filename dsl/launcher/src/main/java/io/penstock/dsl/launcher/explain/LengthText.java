package io.penstock.dsl.launcher.explain;

import java.time.Duration;

/** Durations as they are written in a pipeline file. */
final class LengthText {
  private LengthText() {}

  /** In the greatest unit of which it is a whole number. */
  static String of(Duration duration) {
    long micros = duration.getSeconds() * 1_000_000 + duration.getNano() / 1000;
    String sign = micros < 0 ? "-" : "";
    long length = Math.abs(micros);
    if (length % 3_600_000_000L == 0 && length > 0) {
      return sign + length / 3_600_000_000L + "h";
    }
    if (length % 60_000_000L == 0 && length > 0) {
      return sign + length / 60_000_000L + "m";
    }
    return length % 1_000_000L == 0
        ? sign + length / 1_000_000L + "s"
        : sign + length / 1000 + "ms";
  }
}
