package io.penstock.dsl.language.syntax;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;

/**
 * A text. What it means is said by the option it stands at, never by its looks.
 *
 * @param text after YAML's own unquoting and folding
 * @param style how it is written
 * @param places the place in the file of each character of the text
 */
public record Scalar(String text, Style style, Origin origin, ExpressionText.Places places)
    implements SyntaxNode {
  /** How a scalar is written. */
  public enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED,
    /** Could not be read; the problem is reported already. */
    BROKEN
  }

  /** Whether the text could not be read, which is reported already. */
  public boolean isBroken() {
    return style == Style.BROKEN;
  }

  /** Whether nothing, {@code null} or {@code ~} is written, without quotes. */
  public boolean isNull() {
    return style == Style.PLAIN && (text.isEmpty() || text.equals("null") || text.equals("~"));
  }

  /** The text as an expression. */
  public ExpressionText expression() {
    return new ExpressionText(text, places);
  }

  @Override
  public String kind() {
    return "a text";
  }
}
