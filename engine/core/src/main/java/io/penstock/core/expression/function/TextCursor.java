package io.penstock.core.expression.function;

import io.penstock.core.expression.EvaluationException;

/** A place in a text that is read from left to right. Single-threaded. */
final class TextCursor {
  private final String text;
  private final String wanted;
  private int at;

  /**
   * A cursor at the beginning.
   *
   * @param wanted what the text should be, for messages
   */
  TextCursor(String text, String wanted) {
    this.text = text;
    this.wanted = wanted;
  }

  int at() {
    return at;
  }

  void goTo(int place) {
    at = place;
  }

  boolean ended() {
    return at >= text.length();
  }

  /** The character here; NUL at the end. */
  char here() {
    return ended() ? '\0' : text.charAt(at);
  }

  boolean startsWith(String part) {
    return text.startsWith(part, at);
  }

  /** Steps over a text, if it is here. */
  boolean take(String part) {
    if (!startsWith(part)) {
      return false;
    }
    at += part.length();
    return true;
  }

  /** Steps over a text that has to be here. */
  void expect(String part) {
    if (!take(part)) {
      throw wrong("`" + part + "` is missing " + place());
    }
  }

  void blanks() {
    while (here() == ' ') {
      at++;
    }
  }

  /** What stands before a text that has to follow; steps over both. */
  String until(String end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw wrong("`" + end + "` is missing " + place());
    }
    String part = text.substring(at, found);
    at = found + end.length();
    return part;
  }

  /** What stands before the next blank, or the end; stays in front of it. */
  String word() {
    return before(' ');
  }

  /** The same of another character. */
  String before(char end) {
    int found = text.indexOf(end, at);
    String part = text.substring(at, found < 0 ? text.length() : found);
    at += part.length();
    return part;
  }

  /** A whole number of at most so many digits, which has to be here. */
  int number(int digits) {
    int from = at;
    int number = 0;
    while (at - from < digits && here() >= '0' && here() <= '9') {
      number = number * 10 + here() - '0';
      at++;
    }
    if (at == from) {
      throw wrong("a number is missing " + place());
    }
    return number;
  }

  /** A text in quotes, which has to be here, as it stands; a backslash keeps a quote inside. */
  String quoted() {
    expect("\"");
    int from = at;
    while (!ended() && here() != '"') {
      at += here() == '\\' ? 2 : 1;
    }
    if (ended()) {
      throw wrong("a quote is not closed");
    }
    return text.substring(from, at++);
  }

  /** All that is left. */
  String rest() {
    String rest = text.substring(at);
    at = text.length();
    return rest;
  }

  EvaluationException wrong(String why) {
    return Failure.text(text, wanted + ": " + why);
  }

  String place() {
    return ended() ? "at its end" : "at character " + (Positions.length(text.substring(0, at)) + 1);
  }
}
