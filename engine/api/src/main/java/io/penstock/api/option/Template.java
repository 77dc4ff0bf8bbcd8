package io.penstock.api.option;

import java.util.List;

/**
 * A text with expressions in it, computed for every record. Without an expression it is a constant.
 *
 * @param text the template as written
 * @param parts literals and expressions in order; adjacent literals are joined
 */
public record Template(String text, List<Part> parts) {
  public Template {
    parts = List.copyOf(parts);
  }

  /** A template that is one expression, and whose text is that expression's value. */
  public static Template of(ExpressionText expression) {
    return new Template(expression.text(), List.of(new Computed(expression)));
  }

  /** Whether it is an expression that was written as such, without braces. */
  public boolean isBare() {
    return parts.size() == 1
        && parts.get(0) instanceof Computed computed
        && text.equals(computed.expression().text());
  }

  /** A piece of a template. */
  public sealed interface Part {}

  /** Text that stays as it is. */
  public record Literal(String text) implements Part {}

  /** An expression whose value is put in as text. */
  public record Computed(ExpressionText expression) implements Part {}

  /** Whether no part is computed. */
  public boolean isConstant() {
    return parts.stream().allMatch(Literal.class::isInstance);
  }

  /** The literal parts that stand before the first computed one. */
  public String prefix() {
    return parts.isEmpty() || !(parts.get(0) instanceof Literal first) ? "" : first.text();
  }

  /** The expressions, in order. */
  public List<ExpressionText> expressions() {
    return parts.stream()
        .filter(Computed.class::isInstance)
        .map(part -> ((Computed) part).expression())
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
