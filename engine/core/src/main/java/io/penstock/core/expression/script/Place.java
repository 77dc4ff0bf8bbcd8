package io.penstock.core.expression.script;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;

/** Some characters of a script. */
record Place(ExpressionText text, int offset, int length) {
  Origin origin() {
    return text.places().at(offset, length);
  }

  /** The characters alone, as an expression. */
  ExpressionText expression() {
    String written = text.text().substring(offset, Math.min(text.text().length(), offset + length));
    return new ExpressionText(written, (at, count) -> text.places().at(offset + at, count));
  }
}
