package io.penstock.dsl.language.syntax;

/** A part of the text, by char indexes. */
record Span(int from, int to) {
  boolean holds(int index) {
    return index >= from && index < to;
  }

  /** The text with a word of the same length in place of the span. */
  String blank(String text) {
    return text.substring(0, from) + "x" + " ".repeat(to - from - 1) + text.substring(to);
  }
}
