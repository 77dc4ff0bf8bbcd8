package io.penstock.core.expression.function;

/** SQL's LIKE, in linear space and without recursion. */
final class Like {
  private Like() {}

  static boolean fits(int[] text, int[] pattern) {
    int t = 0;
    int p = 0;
    int afterPercent = -1;
    int retry = 0;
    while (t < text.length) {
      if (p < pattern.length && pattern[p] == '%') {
        afterPercent = ++p;
        retry = t;
        continue;
      }
      int width = width(pattern, p);
      if (p < pattern.length && fits(text[t], pattern, p)) {
        p += width;
        t++;
        continue;
      }
      if (afterPercent < 0) {
        return false;
      }
      p = afterPercent;
      t = ++retry;
    }
    while (p < pattern.length && pattern[p] == '%') {
      p++;
    }
    return p == pattern.length;
  }

  private static int width(int[] pattern, int p) {
    return p + 1 < pattern.length && pattern[p] == '\\' ? 2 : 1;
  }

  private static boolean fits(int c, int[] pattern, int p) {
    if (width(pattern, p) == 2) {
      return c == pattern[p + 1];
    }
    return pattern[p] == '_' || pattern[p] == c;
  }
}
