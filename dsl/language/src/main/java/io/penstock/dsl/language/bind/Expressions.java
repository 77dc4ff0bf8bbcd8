package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Collisions;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/** Takes nodes as expressions; a YAML list or map is a list or a record of expressions. */
final class Expressions {
  private final Texts texts;
  private final Problems problems;

  Expressions(Texts texts, Problems problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /** The expression; empty where there is none, reported. */
  Optional<ExpressionText> read(SyntaxNode node, Spot spot) {
    if (node instanceof Scalar scalar) {
      return scalar(scalar, spot);
    }
    PlacedText text = new PlacedText();
    return append(node, text, spot) ? Optional.of(text.expression()) : Optional.empty();
  }

  private Optional<ExpressionText> scalar(Scalar scalar, Spot spot) {
    if (scalar.isBroken()) {
      return Optional.empty();
    }
    if (scalar.text().isBlank()) {
      problems.add(
          ProblemCode.E104,
          scalar.origin(),
          "`" + spot.name() + "` must be an expression, not nothing",
          "write `null` where a null is meant");
      return Optional.empty();
    }
    int variable = variable(scalar.text());
    if (variable >= 0) {
      int end = scalar.text().indexOf('}', variable);
      int length = (end < 0 ? scalar.text().length() : end + 1) - variable;
      String written = scalar.text().substring(variable, variable + length);
      problems.add(
          ProblemCode.E109,
          scalar.places().at(variable, length),
          "`" + written + "` stands in an expression",
          "declare a parameter, `parameters: { name: { type: string, from: \""
              + written
              + "\" } }`, and write `params.name`");
      return Optional.empty();
    }
    Optional<Problem> cut =
        texts.of(scalar.origin().file()).flatMap(text -> Collisions.inExpression(scalar, text));
    cut.ifPresent(problems::add);
    return cut.isPresent() ? Optional.empty() : Optional.of(scalar.expression());
  }

  /** Where a variable stands; in back quotes {@code ${}} belongs to the expression language. */
  private static int variable(String text) {
    boolean ticks = false;
    for (int i = 0; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '`') {
        ticks = !ticks;
      } else if (!ticks && c == '$' && text.charAt(i + 1) == '{') {
        return i;
      }
    }
    return -1;
  }

  private boolean append(SyntaxNode node, PlacedText text, Spot spot) {
    if (node instanceof Sequence sequence) {
      text.made("[", sequence.origin());
      boolean first = true;
      boolean complete = true;
      for (SyntaxNode element : sequence.elements()) {
        text.made(first ? "" : ", ", element.origin());
        complete &= append(element, text, spot);
        first = false;
      }
      text.made("]", sequence.origin());
      return complete;
    }
    if (node instanceof Mapping mapping) {
      text.made("{", mapping.origin());
      boolean first = true;
      boolean complete = true;
      for (Mapping.Entry entry : mapping.entries()) {
        text.made(first ? "" : ", ", entry.key().origin());
        literal(entry.key(), text);
        text.made(": ", entry.key().origin());
        complete &= append(entry.value(), text, spot);
        first = false;
      }
      text.made("}", mapping.origin());
      return complete;
    }
    return appendScalar((Scalar) node, text, spot);
  }

  /** YAML has taken the quotes away: a quoted element is a text, a plain one an expression. */
  private boolean appendScalar(Scalar scalar, PlacedText text, Spot spot) {
    boolean quoted =
        scalar.style() == Scalar.Style.SINGLE_QUOTED
            || scalar.style() == Scalar.Style.DOUBLE_QUOTED;
    if (quoted) {
      literal(scalar, text);
      return true;
    }
    Optional<ExpressionText> inner = scalar(scalar, spot);
    inner.ifPresent(expression -> text.add(expression.text(), expression.places(), 0));
    return inner.isPresent();
  }

  private static void literal(Scalar scalar, PlacedText text) {
    text.made("'", scalar.origin());
    String value = scalar.text();
    for (int i = 0; i < value.length(); i++) {
      String escaped =
          switch (value.charAt(i)) {
            case '\'' -> "\\'";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> value.substring(i, i + 1);
          };
      text.made(escaped, scalar.places().at(i, 1));
    }
    text.made("'", scalar.origin());
  }
}
