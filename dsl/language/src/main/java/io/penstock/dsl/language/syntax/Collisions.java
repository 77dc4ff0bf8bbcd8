package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.dsl.language.text.SourceText;
import java.util.Optional;

/** Scalars that YAML read without complaint but not as their author meant. */
public final class Collisions {
  private Collisions() {}

  /** A comment that cut an expression short: {@code x =~ 'a #b'}. */
  public static Optional<Problem> inExpression(Scalar scalar, SourceText text) {
    if (scalar.style() != Scalar.Style.PLAIN || Balance.isClosed(scalar.text())) {
      return Optional.empty();
    }
    Origin end = scalar.places().at(scalar.text().length(), 1);
    String line = text.line(end.line());
    int from =
        Math.min(
            line.length(),
            line.offsetByCodePoints(
                0, Math.min(end.column() - 1, line.codePointCount(0, line.length()))));
    String rest = line.substring(from);
    if (!rest.stripLeading().startsWith("#")) {
      return Optional.empty();
    }
    int hash = text.index(end.line(), 1) + from + rest.indexOf('#');
    String whole =
        line.substring(
                text.index(scalar.origin().line(), 1) == text.index(end.line(), 1)
                    ? line.offsetByCodePoints(0, scalar.origin().column() - 1)
                    : 0)
            .strip();
    return Optional.of(
        Problem.of(
            ProblemCode.E025,
            text.origin(hash, 1),
            "YAML reads ` #` as the beginning of a comment, which ends the expression",
            "quote the whole: `\"" + whole.replace("\"", "\\\"") + "\"`"));
  }

  /** A template that begins with an expression and so became a map: {@code path: {x}}. */
  public static Optional<Problem> inTemplate(SyntaxNode node) {
    if (node instanceof Mapping mapping
        && mapping.entries().size() == 1
        && mapping.entries().get(0).value() instanceof Scalar value
        && value.isNull()) {
      String written = "{" + mapping.entries().get(0).name() + "}";
      return Optional.of(
          Problem.of(
              ProblemCode.E028,
              node.origin(),
              "a value that begins with `{` is a map for YAML",
              "quote it: `\"" + written + "\"`"));
    }
    return Optional.empty();
  }
}
