package io.penstock.connectors.standard.log;

import java.nio.charset.StandardCharsets;

/** A place in the text of a record, which is read from left to right. Single-threaded. */
final class TextPlace {
  private final String text;
  private int at;

  TextPlace(String text) {
    this.text = text;
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

  /** The character here; NUL at the end, which no text has in it. */
  char here() {
    return ended() ? '\0' : text.charAt(at);
  }

  /** The character here, which is stepped over. */
  char next() {
    char here = here();
    at++;
    return here;
  }

  boolean startsWith(String part) {
    return text.startsWith(part, at);
  }

  /** Steps over a text, if it is here. */
  boolean take(String part) {
    boolean here = startsWith(part);
    at += here ? part.length() : 0;
    return here;
  }

  /** Steps over a text that has to be here. */
  void expect(String part) {
    if (!take(part)) {
      throw wrong("`" + part + "` is missing");
    }
  }

  void blanks() {
    while (here() == ' ') {
      at++;
    }
  }

  /** What stands before the next blank, or the end; stays in front of it. */
  String word() {
    int end = text.indexOf(' ', at);
    return to(end < 0 ? text.length() : end);
  }

  /** What stands before a place; goes there. */
  String to(int end) {
    String part = text.substring(at, end);
    at = end;
    return part;
  }

  /** A whole number of at most so many digits, which has to be here. */
  int number(int digits) {
    int from = at;
    int number = 0;
    while (at - from < digits && here() >= '0' && here() <= '9') {
      number = number * 10 + next() - '0';
    }
    if (at == from) {
      throw wrong("a number is missing");
    }
    return number;
  }

  /** All that is left. */
  String rest() {
    return to(text.length());
  }

  /** A record that is wrong in this place. */
  BadRecord wrong(String why) {
    int bytes =
        text.substring(0, Math.min(at, text.length())).getBytes(StandardCharsets.UTF_8).length;
    return BadRecord.malformed(why + ", at byte " + bytes + " of the record");
  }
}
