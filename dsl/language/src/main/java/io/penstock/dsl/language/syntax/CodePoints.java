package io.penstock.dsl.language.syntax;

/** Turns the parser's indexes, which count code points, into those of a text's chars. */
final class CodePoints {
  private final String text;
  private final int total;
  private int point;
  private int index;

  CodePoints(String text) {
    this.text = text;
    this.total = text.codePointCount(0, text.length());
  }

  /** The char index; cheap when asked in rising order. */
  int index(int codePoint) {
    if (total == text.length()) {
      return Math.min(codePoint, total);
    }
    int steps = Math.min(codePoint, total) - point;
    index = text.offsetByCodePoints(index, steps);
    point += steps;
    return index;
  }
}
