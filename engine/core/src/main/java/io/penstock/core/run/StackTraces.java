package io.penstock.core.run;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as text, for the log. */
final class StackTraces {
  private StackTraces() {}

  static String of(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
