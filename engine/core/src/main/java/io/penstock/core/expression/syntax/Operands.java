package io.penstock.core.expression.syntax;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.syntax.Ast.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands between operators: literals, names, calls, brackets. */
final class Operands {
  private static final Set<String> STATEMENTS =
      Set.of("for", "while", "do", "foreach", "var", "let", "const", "return", "def", "function");

  private final Parser parser;
  private final TokenCursor tokens;
  private final Complaints complaints;

  Operands(Parser parser, TokenCursor tokens, Complaints complaints) {
    this.parser = parser;
    this.tokens = tokens;
    this.complaints = complaints;
  }

  Ast operand() {
    Token token = tokens.token();
    if (token.isSign("-") || token.isSign("+")) {
      return signed(token);
    }
    if (token.isSign("!") || token.isWord("not")) {
      return negated(token);
    }
    return postfix(primary(token));
  }

  private Ast signed(Token token) {
    Span sign = tokens.peek();
    tokens.next();
    Ast operand = parser.binding(Operator.NEGATE.power());
    if (token.isSign("+")) {
      return operand;
    }
    Span span = sign.until(operand.span());
    if (operand instanceof Ast.Whole whole) {
      return new Ast.Whole(span, whole.value().negate());
    }
    return new Ast.Unary(span, Operator.NEGATE, operand, operand.height() + 1);
  }

  /** {@code !} binds like a sign, {@code not} reaches over a comparison. */
  private Ast negated(Token token) {
    Span sign = tokens.peek();
    tokens.next();
    Operator reach = token.isSign("!") ? Operator.NEGATE : Operator.NOT;
    Ast operand = parser.binding(reach.power());
    return new Ast.Unary(sign.until(operand.span()), Operator.NOT, operand, operand.height() + 1);
  }

  private Ast primary(Token token) {
    Span span = tokens.peek();
    return switch (token.kind()) {
      case INT -> whole(span, tokens.next().text());
      case DECIMAL -> literal(span, new BigDecimal(tokens.next().text()));
      case DOUBLE -> literal(span, Double.valueOf(tokens.next().text()));
      case DURATION -> new Ast.Duration(span, Long.parseLong(tokens.next().text()));
      case TEXT -> literal(span, tokens.next().text());
      case PATTERN -> new Ast.Pattern(span, tokens.next().text());
      case TEMPLATE -> template(tokens.next(), span);
      case NAME -> word(token, span);
      case SIGN -> bracket(token, span);
      case BAD, END -> Unexpected.operand(tokens, complaints);
    };
  }

  /** Nothing stands where a value must; behind a stray operator the value may still follow. */
  private Ast missing(Token token) {
    int before = tokens.index();
    Ast.Bad bad = Unexpected.operand(tokens, complaints);
    boolean stray = token.isSign(".") || Operator.between(token).isPresent();
    Token next = tokens.token();
    boolean follows = next.kind() != Token.Kind.SIGN && next.kind() != Token.Kind.END;
    if (stray && follows && tokens.index() > before) {
      parser.binding(Operator.NEGATE.power());
    }
    return bad;
  }

  private static Ast whole(Span span, String digits) {
    return new Ast.Whole(span, new BigInteger(digits));
  }

  private static Ast literal(Span span, Object value) {
    return new Ast.Literal(span, Optional.of(value));
  }

  private Ast template(Token token, Span span) {
    List<Ast> pieces = new ArrayList<>();
    for (Token.Piece piece : token.pieces()) {
      if (!piece.tokens().isEmpty()) {
        pieces.add(parser.piece(piece.tokens()));
      } else if (!piece.text().isEmpty()) {
        pieces.add(literal(span, piece.text()));
      }
    }
    return parser.limited(new Ast.Joined(span, pieces, Ast.above(pieces)));
  }

  private Ast word(Token token, Span span) {
    Token ahead = tokens.ahead(1);
    switch (token.text()) {
      case "true", "false" -> {
        tokens.next();
        return literal(span, Boolean.valueOf(token.text()));
      }
      case "null" -> {
        tokens.next();
        return new Ast.Literal(span, Optional.empty());
      }
      case "and", "or", "eq", "ne", "lt", "le", "gt", "ge", "in" -> {
        Unexpected.complain(
            token,
            complaints,
            "a value is expected, not `" + token.text() + "`",
            "a field of this name is written row['" + token.text() + "']");
        tokens.next();
        return new Ast.Bad(span);
      }
      default -> {}
    }
    if (ahead.isSign("->")) {
      return strayLambda();
    }
    boolean statement = STATEMENTS.contains(token.text());
    if ((statement && (ahead.isSign("(") || ahead.kind() == Token.Kind.NAME))
        || (token.isWord("new") && ahead.kind() == Token.Kind.NAME)) {
      Unexpected.refuse(token, statementHint(token.text()), complaints);
      tokens.toEnd();
      return new Ast.Bad(span);
    }
    tokens.next();
    if (ahead.isSign("(")) {
      return call(token.text(), span, span, new ArrayList<>());
    }
    return new Ast.Name(span, token.text());
  }

  private static String statementHint(String word) {
    return switch (word) {
      case "for", "while", "do", "foreach" -> "work on lists with map, filter, reduce, any, all";
      case "new" -> "values are made by functions and literals: [a, b], record('k', v)";
      default -> "an expression is one value; name what is between with `let`";
    };
  }

  private Ast bracket(Token token, Span span) {
    return switch (token.text()) {
      case "(" -> inParentheses(span);
      case "[" -> list(span);
      case "{" -> map(span);
      default -> missing(token);
    };
  }

  private Ast inParentheses(Span open) {
    if (lambdaAhead()) {
      return strayLambda();
    }
    tokens.next();
    Ast inner = parser.expression();
    close(")", open);
    return inner;
  }

  private Ast list(Span open) {
    tokens.next();
    List<Ast> elements = new ArrayList<>();
    Span end = items("]", open, () -> elements.add(parser.expression()));
    return parser.limited(new Ast.ListOf(open.until(end), elements, Ast.above(elements)));
  }

  private Ast map(Span open) {
    tokens.next();
    List<Ast.Literal> keys = new ArrayList<>();
    List<Ast> values = new ArrayList<>();
    Span end =
        items(
            "}",
            open,
            () -> {
              keys.add(key());
              values.add(parser.expression());
            });
    return parser.limited(new Ast.MapOf(open.until(end), keys, values, Ast.above(values)));
  }

  private Ast.Literal key() {
    Token token = tokens.token();
    Span span = tokens.peek();
    if (token.kind() == Token.Kind.TEXT || token.kind() == Token.Kind.NAME) {
      tokens.next();
    }
    if (token.kind() != Token.Kind.TEXT || !tokens.token().isSign(":")) {
      Unexpected.complain(
          token, complaints, "a key in quotes and `:` are expected", "write {'key': value}");
    }
    tokens.take(":");
    return new Ast.Literal(span, Optional.of(token.text()));
  }

  /** Reads items up to the closing sign; commas between them. */
  private Span items(String closing, Span open, Runnable item) {
    while (!tokens.token().isSign(closing) && !tokens.atEnd()) {
      int before = tokens.index();
      item.run();
      if (!tokens.take(",") && !tokens.token().isSign(closing)) {
        break;
      }
      if (tokens.index() == before) {
        break;
      }
    }
    return close(closing, open);
  }

  private Span close(String closing, Span open) {
    Span end = tokens.peek();
    if (tokens.take(closing)) {
      return end;
    }
    Token token = tokens.token();
    if (tokens.atEnd()) {
      complaints.add(
          ProblemCode.E302,
          open.from(),
          open.to(),
          "the bracket that opens here is not closed",
          "close it with `" + closing + "`");
    } else if (token.kind() != Token.Kind.BAD) {
      int before = tokens.index();
      Unexpected.behind(tokens, complaints);
      skipTo(closing, before);
    } else {
      skipTo(closing, tokens.index());
    }
    return new Span(tokens.before().from(), tokens.before().to());
  }

  private void skipTo(String closing, int from) {
    int open = 0;
    while (!tokens.atEnd()) {
      Token token = tokens.token();
      if (open == 0 && token.isSign(closing) && tokens.index() >= from) {
        tokens.next();
        return;
      }
      if (token.isSign("(") || token.isSign("[") || token.isSign("{")) {
        open++;
      } else if (token.isSign(")") || token.isSign("]") || token.isSign("}")) {
        open = Math.max(0, open - 1);
      }
      tokens.next();
    }
  }

  private Ast postfix(Ast start) {
    Ast left = start;
    while (true) {
      Token token = tokens.token();
      Span sign = tokens.peek();
      if (token.isSign(".") || token.isSign("?.")) {
        tokens.next();
        left = member(left, token.isSign("?."));
      } else if (token.isSign("[")) {
        tokens.next();
        Ast index = parser.expression();
        Span end = close("]", sign);
        left = new Ast.Index(left.span().until(end), left, index, 1 + height(left, index));
      } else if (token.isWord("where") && left instanceof Ast.Call call && call.where().isEmpty()) {
        tokens.next();
        Ast condition = parser.expression();
        return new Ast.Call(
            call.span().until(condition.span()),
            call.name(),
            call.nameSpan(),
            call.arguments(),
            Optional.of(condition),
            1 + height(call, condition));
      } else {
        return left;
      }
      left = parser.limited(left);
    }
  }

  private static int height(Ast left, Ast right) {
    return Math.max(left.height(), right.height());
  }

  private Ast member(Ast target, boolean safe) {
    Token name = tokens.token();
    Span span = tokens.peek();
    if (name.kind() != Token.Kind.NAME) {
      Unexpected.complain(
          name,
          complaints,
          "a name is expected behind the point",
          "write a.b, a[0] or a['any name']");
      return new Ast.Bad(target.span().until(span));
    }
    tokens.next();
    if (tokens.token().isSign("(")) {
      List<Ast> arguments = new ArrayList<>();
      arguments.add(target);
      return call(name.text(), span, target.span(), arguments);
    }
    if (name.isWord("class")) {
      Unexpected.refuse(
          name, "a field of this name is written x['class']; type_of(x) tells a type", complaints);
      return new Ast.Bad(target.span().until(span));
    }
    return new Ast.Member(
        target.span().until(span), target, name.text(), span, safe, target.height() + 1);
  }

  private Ast call(String name, Span nameSpan, Span start, List<Ast> arguments) {
    Span open = tokens.peek();
    tokens.next();
    Span end = items(")", open, () -> arguments.add(argument()));
    return parser.limited(
        new Ast.Call(
            start.until(end), name, nameSpan, arguments, Optional.empty(), Ast.above(arguments)));
  }

  private Ast argument() {
    return lambdaAhead() ? lambda() : parser.expression();
  }

  /** Whether {@code x ->} or {@code (x, y) ->} stands here. */
  private boolean lambdaAhead() {
    if (tokens.token().kind() == Token.Kind.NAME) {
      return tokens.ahead(1).isSign("->");
    }
    if (!tokens.token().isSign("(")) {
      return false;
    }
    int i = 1;
    while (tokens.ahead(i).kind() == Token.Kind.NAME) {
      i++;
      if (!tokens.ahead(i).isSign(",")) {
        break;
      }
      i++;
    }
    return tokens.ahead(i).isSign(")") && tokens.ahead(i + 1).isSign("->");
  }

  private Ast lambda() {
    Span start = tokens.peek();
    List<Ast.Name> parameters = new ArrayList<>();
    while (!tokens.token().isSign("->")) {
      Token token = tokens.token();
      if (token.kind() == Token.Kind.NAME) {
        parameters.add(new Ast.Name(tokens.peek(), token.text()));
      }
      tokens.next();
    }
    tokens.next();
    Ast body = parser.expression();
    return parser.limited(
        new Ast.Lambda(start.until(body.span()), parameters, body, body.height() + 1));
  }

  private Ast strayLambda() {
    Span span = tokens.peek();
    Ast lambda = lambda();
    complaints.add(
        ProblemCode.E305,
        span.from(),
        span.to(),
        "a lambda stands where a value is expected",
        "a lambda is a function's argument: map(list, x -> x + 1)");
    return new Ast.Bad(lambda.span());
  }
}
