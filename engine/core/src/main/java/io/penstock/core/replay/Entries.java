package io.penstock.core.replay;

import java.util.Optional;

/** Which letters go where. */
final class Entries {
  private static final String SINK = "sink";

  private Entries() {}

  /** The letter of a line; empty where it is none. */
  static Optional<Letter> letter(LetterFile.Line line) {
    try {
      return line.text().isPresent() ? Optional.of(Letter.of(line.text().get())) : Optional.empty();
    } catch (UnfitLetterException e) {
      return Optional.empty();
    }
  }

  /** Whether a letter has bytes for the decoder of this source. */
  static boolean isRaw(Letter letter, String step) {
    return letter.raw().isPresent() && letter.step().equals(step);
  }

  /** Whether a letter has a row for this step. */
  static boolean isRow(Letter letter, String step, boolean sink) {
    return letter.raw().isEmpty() && letter.step().equals(step) && ofSink(letter) == sink;
  }

  /** Whether a sink has refused it. */
  static boolean ofSink(Letter letter) {
    return letter.stage().equals(SINK);
  }
}
