package io.penstock.core.expression.syntax;

import java.util.List;

/**
 * A word or sign of an expression.
 *
 * @param kind what it is
 * @param text the name, the sign, the unescaped text, the digits without underscores
 * @param from its first character
 * @param to behind its last character
 * @param pieces of a template: texts and, in turn, the tokens of what is computed
 */
record Token(Kind kind, String text, int from, int to, List<Piece> pieces) {
  /** What a token is. */
  enum Kind {
    NAME,
    INT,
    DECIMAL,
    DOUBLE,
    DURATION,
    TEXT,
    TEMPLATE,
    PATTERN,
    SIGN,
    BAD,
    END
  }

  /** A piece of a template: text, or the tokens of an expression (empty for text). */
  record Piece(String text, List<Token> tokens) {}

  static Token of(Kind kind, String text, int from, int to) {
    return new Token(kind, text, from, to, List.of());
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }
}
