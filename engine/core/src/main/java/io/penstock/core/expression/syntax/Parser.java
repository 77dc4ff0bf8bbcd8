package io.penstock.core.expression.syntax;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.syntax.Ast.Span;
import java.util.List;
import java.util.Optional;

/**
 * Reads an expression: operators by precedence (Pratt), several problems in one run. What could not
 * be read is {@link Ast.Bad} in the tree.
 */
public final class Parser {
  static final int MAX_DEPTH = 200;
  static final int MAX_HEIGHT = 1_000;
  static final int MAX_TEXT = 64 * 1024;

  private final TokenCursor tokens;
  private final Complaints complaints;
  private final Operands operands;
  private int depth;

  private Parser(TokenCursor tokens, Complaints complaints, int depth) {
    this.tokens = tokens;
    this.complaints = complaints;
    this.depth = depth;
    this.operands = new Operands(this, tokens, complaints);
  }

  /** The tree of a text; empty where it is past a limit or holds nothing. */
  public static Optional<Ast> parse(ExpressionText text, Problems problems) {
    if (text.text().length() > MAX_TEXT) {
      problems.add(
          ProblemCode.E303,
          text.places().at(0, 1),
          "the expression has `" + text.text().length() + "` characters, more than 65536",
          "split it with `let`, or keep the data in a table");
      return Optional.empty();
    }
    Complaints complaints = new Complaints(text, problems);
    List<Token> tokens = new Lexer(text.text(), complaints).tokens();
    if (tokens.size() == 1) {
      problems.add(
          ProblemCode.E302,
          text.places().at(0, 1),
          "the expression is empty",
          "write a value, such as a field's name");
      return Optional.empty();
    }
    Ast tree = new Parser(new TokenCursor(tokens), complaints, 0).whole();
    return tree.height() <= MAX_HEIGHT ? Optional.of(tree) : Optional.empty();
  }

  /** Reads all the tokens as one expression. */
  Ast whole() {
    Ast tree = expression();
    while (!tokens.atEnd()) {
      if (tokens.token().isSign(":") || tokens.token().isSign("..")) {
        tree = new Ast.Bad(tree.span());
      }
      Unexpected.behind(tokens, complaints);
      if (!tokens.atEnd()) {
        int before = tokens.index();
        expression();
        if (tokens.index() == before) {
          tokens.next();
        }
      }
    }
    return tree;
  }

  /** The computed piece of a template. */
  Ast piece(List<Token> inner) {
    return new Parser(new TokenCursor(inner), complaints, depth + 1).whole();
  }

  Ast expression() {
    return binding(0);
  }

  /** An expression whose operators bind at least this tightly. */
  Ast binding(int power) {
    Span start = tokens.peek();
    if (++depth > MAX_DEPTH) {
      depth--;
      return tooDeep(start);
    }
    Ast left = operands.operand();
    while (true) {
      Optional<Operator> operator = Operator.between(tokens.token());
      if (operator.isEmpty() || operator.get().power() < Math.max(power, 1)) {
        break;
      }
      left = limited(binary(left, operator.get()));
    }
    if (power <= 1 && tokens.token().isSign("?")) {
      left = conditional(left);
    }
    depth--;
    return left;
  }

  private Ast binary(Ast left, Operator operator) {
    Span sign = tokens.peek();
    tokens.next();
    Ast right = binding(operator.power() + 1);
    return new Ast.Binary(
        left.span().until(right.span()),
        operator,
        sign,
        left,
        right,
        Math.max(left.height(), right.height()) + 1);
  }

  private Ast conditional(Ast condition) {
    tokens.next();
    Ast then = expression();
    if (!tokens.take(":")) {
      Span at = tokens.peek();
      complaints.add(
          ProblemCode.E302,
          at.from(),
          at.to(),
          "`:` is missing behind `?`",
          "write if(condition, value, other)");
      return new Ast.Bad(condition.span().until(then.span()));
    }
    Ast otherwise = expression();
    return limited(
        new Ast.Conditional(
            condition.span().until(otherwise.span()),
            condition,
            then,
            otherwise,
            Ast.above(List.of(condition, then, otherwise))));
  }

  /** Refuses a tree that grows too high, once. */
  Ast limited(Ast tree) {
    if (tree.height() != MAX_HEIGHT + 1) {
      return tree;
    }
    complaints.add(
        ProblemCode.E303,
        tree.span().from(),
        tree.span().from() + 1,
        "the expression has more than 1000 operators in a row",
        "split it with `let`, or use a list: list_sum([a, b, c])");
    return tree;
  }

  private Ast tooDeep(Span start) {
    complaints.add(
        ProblemCode.E303,
        start.from(),
        start.from() + 1,
        "the expression is nested more than 200 deep",
        "split it with `let`");
    complaints.beSilent();
    tokens.toEnd();
    return new Ast.Bad(start);
  }
}
