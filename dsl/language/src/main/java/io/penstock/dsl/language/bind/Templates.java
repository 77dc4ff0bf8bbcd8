package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Collisions;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads templates: {@code {expression}}, {@code {at:yyyy-MM}}, {@code {{} and {@code }}} for
 * literal braces. What a variable gives is literal text, whatever it holds.
 */
final class Templates {
  private static final Pattern TIME =
      Pattern.compile("\\s*([\\p{L}_][\\p{L}\\p{N}_.]*)\\s*:([^:'\"?]+(?:'[^']*'[^:'\"?]*)*)");

  private final Variables variables;
  private final Problems problems;

  Templates(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /** The template; empty where it cannot be read, reported. */
  Optional<Template> read(SyntaxNode node, Spot spot) {
    if (!(node instanceof Scalar scalar)) {
      Collisions.inTemplate(node)
          .ifPresentOrElse(
              problems::add,
              () ->
                  problems.add(
                      ProblemCode.E104,
                      node.origin(),
                      "`" + spot.name() + "` must be a text, not " + node.kind(),
                      "quote it"));
      return Optional.empty();
    }
    boolean nothing = scalar.style() == Scalar.Style.PLAIN && scalar.text().isEmpty();
    if (nothing) {
      problems.add(
          ProblemCode.E104,
          scalar.origin(),
          "`" + spot.name() + "` must be a text, not nothing",
          "write `\"\"` for an empty text");
    }
    return scalar.isBroken() || nothing ? Optional.empty() : new Reading(scalar).read();
  }

  private final class Reading {
    private final Scalar scalar;
    private final List<Template.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private final StringBuilder whole = new StringBuilder();
    private boolean readable = true;

    Reading(Scalar scalar) {
      this.scalar = scalar;
    }

    Optional<Template> read() {
      Optional<List<Variables.Piece>> pieces = variables.pieces(scalar);
      if (pieces.isEmpty()) {
        return Optional.empty();
      }
      for (Variables.Piece piece : pieces.get()) {
        whole.append(piece.text());
        if (piece.given()) {
          literal.append(piece.text());
        } else {
          written(piece.text(), piece.offset());
        }
      }
      endLiteral();
      return readable ? Optional.of(new Template(whole.toString(), parts)) : Optional.empty();
    }

    private void written(String text, int offset) {
      int at = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        boolean twice = at + 1 < text.length() && text.charAt(at + 1) == c;
        if ((c == '{' || c == '}') && twice) {
          literal.append(c);
          at += 2;
        } else if (c == '{') {
          at = computed(text, offset, at);
        } else if (c == '}') {
          wrong(offset + at, 1, "a `}` closes nothing", "write `}}` for a brace that is text");
          at++;
        } else {
          literal.append(c);
          at++;
        }
      }
    }

    private int computed(String text, int offset, int open) {
      int close = closing(text, open);
      if (close < 0) {
        wrong(offset + open, 1, "the `{` is never closed", "write `{{` for a brace that is text");
        return text.length();
      }
      String inner = text.substring(open + 1, close);
      if (inner.isBlank()) {
        wrong(
            offset + open,
            close + 1 - open,
            "the braces hold no expression",
            "write `{{}}` for braces that are text");
        return close + 1;
      }
      endLiteral();
      parts.add(new Template.Computed(expression(inner, offset + open + 1)));
      return close + 1;
    }

    private ExpressionText expression(String inner, int offset) {
      Matcher time = TIME.matcher(inner);
      if (!time.matches()) {
        return new PlacedText().add(inner, scalar.places(), offset).expression();
      }
      Origin whole = scalar.places().at(offset, inner.length());
      String pattern = time.group(2).strip();
      return new PlacedText()
          .made("format_timestamp(", whole)
          .add(time.group(1), scalar.places(), offset + time.start(1))
          .made(", '", whole)
          .add(pattern.replace("'", "\\'"), scalar.places(), offset + time.start(2))
          .made("', 'UTC')", whole)
          .expression();
    }

    /** The brace that closes, outside of quotes and inner braces. */
    private int closing(String text, int open) {
      int depth = 0;
      char quote = 0;
      for (int i = open; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote != 0) {
          if (c == '\\') {
            i++;
          } else if (c == quote) {
            quote = 0;
          }
        } else if (c == '\'' || c == '"' || c == '`') {
          quote = c;
        } else if (c == '{') {
          depth++;
        } else if (c == '}' && --depth == 0) {
          return i;
        }
      }
      return -1;
    }

    private void endLiteral() {
      if (literal.length() > 0) {
        parts.add(new Template.Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    private void wrong(int offset, int length, String message, String hint) {
      problems.add(ProblemCode.E114, scalar.places().at(offset, length), message, hint);
      readable = false;
    }
  }
}
