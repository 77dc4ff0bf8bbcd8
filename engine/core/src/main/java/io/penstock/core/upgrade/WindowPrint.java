package io.penstock.core.upgrade;

import io.penstock.core.logical.Emit;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;

/** How steps go by time, as canonical text. */
final class WindowPrint {
  private WindowPrint() {}

  static String of(Windowing windowing) {
    return windowing.equals(Windowing.NONE)
        ? ""
        : windowing.window().map(window -> " window " + of(window)).orElse("")
            + " lateness "
            + windowing.lateness()
            + emit(windowing.emit(), windowing.changing());
  }

  /** A window. */
  static String of(Window window) {
    return window instanceof Window.Content content
        ? Words.of(content.edge())
            + " "
            + ExpressionPrint.of(content.when())
            + content.idle().map(idle -> " idle " + idle).orElse("")
            + (content.maxRows().isPresent() ? " rows " + content.maxRows().getAsLong() : "")
        : window.toString();
  }

  /** When results come. */
  static String emit(Emit emit, boolean changing) {
    return (emit.isFinal() ? "" : " emit " + emit) + (changing ? " of changes" : "");
  }
}
