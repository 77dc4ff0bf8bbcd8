package io.penstock.core.replay;

/** A letter cannot go back in; the message says why, without naming the letter. */
final class UnfitLetterException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfitLetterException(String why) {
    super(why, null, false, false);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
