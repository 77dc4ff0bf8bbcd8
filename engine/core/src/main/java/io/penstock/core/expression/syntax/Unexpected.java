package io.penstock.core.expression.syntax;

import io.penstock.api.problem.ProblemCode;
import java.util.Set;

/** Says what is wrong where a token does not fit, with the right way to write it. */
final class Unexpected {
  private static final Set<String> CLOSING = Set.of(")", "]", "}");

  private Unexpected() {}

  /** A token stands behind a whole expression; leaves the cursor where reading may go on. */
  static void behind(TokenCursor tokens, Complaints complaints) {
    Token token = tokens.token();
    if (token.kind() == Token.Kind.BAD) {
      tokens.next();
      return;
    }
    String hint = refusal(token.text());
    if (token.kind() == Token.Kind.SIGN && !hint.isEmpty()) {
      refuse(token, hint, complaints);
      tokens.next();
      return;
    }
    if (token.isSign(":") && tokens.ahead(1).kind() == Token.Kind.NAME) {
      refuse(token, "functions have plain names, without a name space: f(x)", complaints);
      tokens.toEnd();
      return;
    }
    if (token.kind() == Token.Kind.SIGN) {
      complain(token, complaints, "`" + token.text() + "` is not expected here", signHint(token));
      tokens.next();
      return;
    }
    complain(
        token,
        complaints,
        "an operator is missing before " + shown(token),
        token.kind() == Token.Kind.NAME
            ? wordHint(token)
            : "join values with an operator such as +");
    if (token.kind() == Token.Kind.NAME && !wordHint(token).startsWith("join")) {
      tokens.toEnd();
    }
  }

  /** No value stands where one must; leaves a closing bracket to whom it belongs. */
  static Ast.Bad operand(TokenCursor tokens, Complaints complaints) {
    Token token = tokens.token();
    Ast.Span span = tokens.peek();
    if (token.kind() == Token.Kind.BAD) {
      tokens.next();
      return new Ast.Bad(span);
    }
    if (token.kind() == Token.Kind.END) {
      Token last = tokens.before();
      complain(
          last,
          complaints,
          "a value is missing behind `" + last.text() + "`",
          "complete the expression");
      return new Ast.Bad(span);
    }
    String hint = refusal(token.text());
    if (!hint.isEmpty()) {
      refuse(token, hint, complaints);
      tokens.next();
      return new Ast.Bad(span);
    }
    complain(token, complaints, "a value is expected, not " + shown(token), operandHint(token));
    if (!CLOSING.contains(token.text()) && !token.isSign(",") && !token.isSign(":")) {
      tokens.next();
    }
    return new Ast.Bad(span);
  }

  static void complain(Token token, Complaints complaints, String message, String hint) {
    complaints.add(ProblemCode.E302, token.from(), token.to(), message, hint);
  }

  static void refuse(Token token, String hint, Complaints complaints) {
    complaints.add(
        ProblemCode.E305,
        token.from(),
        token.to(),
        "`" + token.text() + "` is not in the language of expressions",
        hint);
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case TEXT -> "the text '" + Lexer.shortened(token.text()) + "'";
      case TEMPLATE -> "a template";
      case PATTERN -> "a pattern";
      case DURATION -> "a duration";
      case END -> "the end";
      case NAME, INT, DECIMAL, DOUBLE, SIGN, BAD -> "`" + Lexer.shortened(token.text()) + "`";
    };
  }

  private static String operandHint(Token token) {
    if (token.isSign(".")) {
      return "write numbers with a digit before the point: 0.5";
    }
    if (token.isSign("*") || token.isSign("%")) {
      return "write a value on both sides of `" + token.text() + "`";
    }
    return "write a field's name, a number, a 'text' or a function call";
  }

  private static String signHint(Token token) {
    if (CLOSING.contains(token.text())) {
      return "take it away, or open the bracket before";
    }
    if (token.isSign(",")) {
      return "a list is written in brackets: [a, b]";
    }
    return "the expression before it is complete";
  }

  private static String wordHint(Token token) {
    return switch (token.text()) {
      case "is" -> "compare with null by x == null";
      case "not" -> "write not (x in list)";
      case "like", "matches", "rlike" -> "match a pattern with x =~ 'pattern'";
      case "between" -> "write low <= x && x <= high";
      case "where" -> "`where` follows an aggregate in `compute`";
      default -> "join values with an operator; a text wants quotes: 'text'";
    };
  }

  /** The right way for signs that other languages have; empty for signs of this one. */
  private static String refusal(String sign) {
    return switch (sign) {
      case "=" -> "compare with ==; a field is given its value by `set`";
      case "+=", "-=", "*=", "/=", "%=", "++", "--" ->
          "nothing is changed by an expression; a field is given its value by `set`";
      case "?:" -> "write a ?? b for a default, if(c, a, b) for a choice";
      case "&" -> "write && for and, bit_and(a, b) for bits";
      case "|" -> "write || for or, bit_or(a, b) for bits";
      case "^" -> "write pow(a, b) for powers, bit_xor(a, b) for bits";
      case "~" -> "write bit_not(a) for bits, ~/pattern/ for a pattern";
      case "<<", ">>", ">>>" -> "write shift(a, bits)";
      case "**" -> "write pow(a, b)";
      case "::" -> "functions have plain names: f(x)";
      case ";" -> "one expression gives one value; use `let` for what is between";
      case "=>", "->" -> "a lambda is a function's argument: map(list, x -> x + 1)";
      case "//" -> "write div(a, b) for whole division; comments stand behind # in YAML";
      case ".." -> "write range(a, b)";
      case "#" -> "comments stand outside the expression";
      case "@", "$" -> "names have letters, digits and _; others are written row['any name']";
      default -> "";
    };
  }
}
