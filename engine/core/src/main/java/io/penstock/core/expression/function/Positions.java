package io.penstock.core.expression.function;

/** Places in a text, counted in code points. */
final class Positions {
  private Positions() {}

  static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The code points {@code from} to {@code to - 1} that the text has, counted from 0. */
  static String cut(String text, long from, long to) {
    if (to <= from || to <= 0 || from >= text.length()) {
      return "";
    }
    int start = skip(text, 0, Math.max(0, from));
    int end = skip(text, start, to - Math.max(0, from));
    return text.substring(start, end);
  }

  /** A place counted from the end where it is negative, brought into the range 0 to length. */
  static long resolve(long place, long length) {
    long resolved = place < 0 ? place + length : place;
    return Math.max(0, Math.min(resolved, length));
  }

  private static int skip(String text, int from, long count) {
    int at = from;
    for (long i = 0; i < count && at < text.length(); i++) {
      at +=
          Character.isHighSurrogate(text.charAt(at))
                  && at + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(at + 1))
              ? 2
              : 1;
    }
    return at;
  }
}
