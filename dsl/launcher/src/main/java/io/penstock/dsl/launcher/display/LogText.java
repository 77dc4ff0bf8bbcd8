package io.penstock.dsl.launcher.display;

import io.penstock.core.runner.RunRequest;
import java.util.Locale;

/** A log line as text: level, step, words. Control characters are shown, never sent. */
final class LogText {
  private LogText() {}

  static String of(RunRequest.LogLine line) {
    String level = line.level().toLowerCase(Locale.ROOT);
    String step = line.step().isEmpty() ? "" : line.step() + ": ";
    return level + "  " + step + visible(line.text());
  }

  private static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        shown.append("\\n");
      } else if (c < 0x20 && c != '\t' || c >= 0x7f && c < 0xa0) {
        shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
