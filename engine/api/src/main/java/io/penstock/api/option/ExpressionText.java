package io.penstock.api.option;

import io.penstock.api.problem.Origin;

/**
 * An expression as written, with the place of each character, so that a problem inside it can be
 * shown in the file, in whatever style of scalar it stands.
 *
 * @param text the expression, after YAML's own unquoting
 * @param places gives the origin of a span of the text
 */
public record ExpressionText(String text, Places places) {
  /** Finds places. */
  @FunctionalInterface
  public interface Places {
    /** The origin of the characters from offset (a {@code char} index of the text) on. */
    Origin at(int offset, int length);
  }

  /** The origin of the whole expression. */
  public Origin origin() {
    return places.at(0, Math.max(1, text.length()));
  }

  /** A text on one line that begins at this origin. */
  public static ExpressionText at(String text, Origin start) {
    return new ExpressionText(
        text,
        (offset, length) ->
            new Origin(start.file(), start.line(), start.column() + offset, Math.max(1, length)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExpressionText that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
