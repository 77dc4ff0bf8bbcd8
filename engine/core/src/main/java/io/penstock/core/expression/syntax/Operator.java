package io.penstock.core.expression.syntax;

import java.util.Optional;

/** The operators, with how tightly they bind. */
public enum Operator {
  COALESCE("??", 2),
  OR("||", 3),
  AND("&&", 4),
  NOT("not", 5),
  EQUAL("==", 6),
  UNEQUAL("!=", 6),
  SAME("===", 6),
  NOT_SAME("!==", 6),
  LESS("<", 7),
  AT_MOST("<=", 7),
  MORE(">", 7),
  AT_LEAST(">=", 7),
  IN("in", 7),
  FINDS("=~", 7),
  FINDS_NOT("!~", 7),
  STARTS("=^", 7),
  STARTS_NOT("!^", 7),
  ENDS("=$", 7),
  ENDS_NOT("!$", 7),
  PLUS("+", 8),
  MINUS("-", 8),
  TIMES("*", 9),
  OVER("/", 9),
  MODULO("%", 9),
  NEGATE("-", 10);

  private final String sign;
  private final int power;

  Operator(String sign, int power) {
    this.sign = sign;
    this.power = power;
  }

  public String sign() {
    return sign;
  }

  int power() {
    return power;
  }

  /** The operator between two operands that a token writes. */
  static Optional<Operator> between(Token token) {
    if (token.kind() != Token.Kind.SIGN && token.kind() != Token.Kind.NAME) {
      return Optional.empty();
    }
    Operator found =
        switch (token.text()) {
          case "??" -> COALESCE;
          case "||", "or" -> OR;
          case "&&", "and" -> AND;
          case "==", "eq" -> EQUAL;
          case "!=", "ne" -> UNEQUAL;
          case "===" -> SAME;
          case "!==" -> NOT_SAME;
          case "<", "lt" -> LESS;
          case "<=", "le" -> AT_MOST;
          case ">", "gt" -> MORE;
          case ">=", "ge" -> AT_LEAST;
          case "in" -> IN;
          case "=~" -> FINDS;
          case "!~" -> FINDS_NOT;
          case "=^" -> STARTS;
          case "!^" -> STARTS_NOT;
          case "=$" -> ENDS;
          case "!$" -> ENDS_NOT;
          case "+" -> PLUS;
          case "-" -> MINUS;
          case "*" -> TIMES;
          case "/" -> OVER;
          case "%" -> MODULO;
          default -> null;
        };
    return Optional.ofNullable(found);
  }
}
