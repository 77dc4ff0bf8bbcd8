package io.penstock.core.expression.typed;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;

/** A part of an expression's text. */
public record Place(ExpressionText text, int from, int to) {
  /** Where the part stands in the file. */
  public Origin origin() {
    return text.places().at(from, Math.max(1, to - from));
  }

  /** The part as written. */
  public String written() {
    String all = text.text();
    return all.substring(Math.min(from, all.length()), Math.min(to, all.length()));
  }
}
