package io.penstock.core.expression.syntax;

import io.penstock.core.expression.syntax.Ast.Span;
import java.util.List;

/** Walks over tokens; never past the last one, the end. */
final class TokenCursor {
  private final List<Token> tokens;
  private int index;

  TokenCursor(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  Token token() {
    return tokens.get(index);
  }

  Token ahead(int count) {
    return tokens.get(Math.min(index + count, tokens.size() - 1));
  }

  /** The token before, or the first one. */
  Token before() {
    return tokens.get(Math.max(0, index - 1));
  }

  int index() {
    return index;
  }

  Span peek() {
    return new Span(token().from(), token().to());
  }

  Token next() {
    Token token = token();
    if (index < tokens.size() - 1) {
      index++;
    }
    return token;
  }

  boolean take(String sign) {
    if (!token().isSign(sign)) {
      return false;
    }
    next();
    return true;
  }

  boolean atEnd() {
    return token().kind() == Token.Kind.END;
  }

  void toEnd() {
    index = tokens.size() - 1;
  }
}
