package io.penstock.core.expression.syntax;

import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into tokens; what it cannot read it reports, and goes on behind it. */
final class Lexer {
  private static final int MAX_TEMPLATES = 20;
  private static final String[] SIGNS = {
    "===", "!==", ">>>", "==", "!=", "<=", ">=", "=~", "!~", "=^", "!^", "=$", "!$", "&&", "||",
    "??", "?.", "?:", "->", "=>", "++", "--", "+=", "-=", "*=", "/=", "%=", "::", "**", "<<", ">>",
    "..", "//"
  };

  private final String text;
  private final Complaints complaints;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int templates;

  Lexer(String text, Complaints complaints) {
    this.text = text;
    this.complaints = complaints;
  }

  List<Token> tokens() {
    read(false);
    return tokens;
  }

  /** Reads to the end, or to the brace that closes a piece of a template. */
  private List<Token> read(boolean inTemplate) {
    int first = tokens.size();
    int braces = 0;
    while (true) {
      blanks();
      if (at >= text.length()) {
        break;
      }
      char c = text.charAt(at);
      if (inTemplate && c == '}' && braces == 0) {
        break;
      }
      braces += c == '{' ? 1 : c == '}' ? -1 : 0;
      tokens.add(next(c));
    }
    tokens.add(Token.of(Token.Kind.END, "", at, at));
    return tokens.subList(first, tokens.size());
  }

  private void blanks() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0')) {
      at++;
    }
  }

  private Token next(char c) {
    int from = at;
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    if (c == '`') {
      return template();
    }
    if (c == '~' && text.startsWith("~/", at) && !pastAnOperand()) {
      return pattern();
    }
    if (c >= '0' && c <= '9') {
      return new NumberReader(text, at, complaints).read(this);
    }
    if (text.startsWith("${", at)) {
      return pasted();
    }
    int code = text.codePointAt(at);
    if (Character.isUnicodeIdentifierStart(code) || c == '_') {
      return name();
    }
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return Token.of(Token.Kind.SIGN, sign, from, at);
      }
    }
    at += Character.charCount(code);
    if ("+-*/%<>!?:.,()[]{}=&|^~;#@$".indexOf(c) >= 0) {
      return Token.of(Token.Kind.SIGN, String.valueOf(c), from, at);
    }
    String shown = text.substring(from, at);
    complaints.add(
        ProblemCode.E302,
        from,
        at,
        "`" + shown + "` is no sign of the language",
        "put a text into quotes; a name with signs in it is written row['" + shown + "']");
    return Token.of(Token.Kind.BAD, shown, from, at);
  }

  void moveTo(int offset) {
    at = offset;
  }

  /** Whether a tilde would stand behind a value: then it begins no pattern. */
  private boolean pastAnOperand() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return switch (last.kind()) {
      case INT, DECIMAL, DOUBLE, DURATION, TEXT, TEMPLATE, PATTERN -> true;
      case SIGN -> last.isSign(")") || last.isSign("]") || last.isSign("}");
      case NAME, BAD, END -> false;
    };
  }

  private Token name() {
    int from = at;
    while (at < text.length()) {
      int code = text.codePointAt(at);
      if (!Character.isUnicodeIdentifierPart(code) || Character.isIdentifierIgnorable(code)) {
        break;
      }
      at += Character.charCount(code);
    }
    if (at == from) {
      at++;
    }
    return Token.of(Token.Kind.NAME, text.substring(from, at), from, at);
  }

  private Token pasted() {
    int from = at;
    int end = text.indexOf('}', at);
    at = end < 0 ? text.length() : end + 1;
    complaints.add(
        ProblemCode.E109,
        from,
        at,
        "`" + shortened(text.substring(from, at)) + "` would paste text into an expression",
        "declare a parameter with `from: \"${NAME}\"` and write params.name");
    return Token.of(Token.Kind.BAD, text.substring(from, at), from, at);
  }

  private Token quoted(char quote) {
    int from = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      character(value);
    }
    if (at >= text.length()) {
      return unended(from, "text", String.valueOf(quote));
    }
    at++;
    return Token.of(Token.Kind.TEXT, value.toString(), from, at);
  }

  /** Reads one character of a text; an unknown escape stays as written, for patterns. */
  private void character(StringBuilder into) {
    char c = text.charAt(at++);
    if (c != '\\' || at >= text.length()) {
      into.append(c);
      return;
    }
    char escaped = text.charAt(at++);
    switch (escaped) {
      case '\\', '\'', '"', '`', '/', '$' -> into.append(escaped);
      case 'n' -> into.append('\n');
      case 'r' -> into.append('\r');
      case 't' -> into.append('\t');
      case 'u' -> unicode(into);
      default -> into.append('\\').append(escaped);
    }
  }

  private void unicode(StringBuilder into) {
    int from = at - 2;
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        complaints.add(
            ProblemCode.E307,
            from,
            at,
            "`" + text.substring(from, at) + "` is no character",
            "write four hexadecimal digits behind \\u");
        return;
      }
      value = value * 16 + digit;
      at++;
    }
    into.append((char) value);
  }

  private Token pattern() {
    int from = at;
    at += 2;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '/') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        if (escaped != '/') {
          value.append(c);
        }
        value.append(escaped);
      } else {
        value.append(c);
      }
    }
    if (at >= text.length()) {
      return unended(from, "pattern", "/");
    }
    at++;
    return Token.of(Token.Kind.PATTERN, value.toString(), from, at);
  }

  private Token template() {
    int from = at++;
    if (++templates > MAX_TEMPLATES) {
      at = text.length();
      complaints.add(
          ProblemCode.E303,
          from,
          from + 1,
          "templates stand inside templates more than " + MAX_TEMPLATES + " deep",
          "join the texts with +");
      return Token.of(Token.Kind.BAD, "", from, at);
    }
    List<Token.Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '`') {
      if (!text.startsWith("${", at)) {
        character(literal);
        continue;
      }
      pieces.add(new Token.Piece(literal.toString(), List.of()));
      literal.setLength(0);
      at += 2;
      int first = tokens.size();
      List<Token> inner = new ArrayList<>(read(true));
      tokens.subList(first, tokens.size()).clear();
      pieces.add(new Token.Piece("", inner));
      at++;
    }
    if (at >= text.length()) {
      return unended(from, "text", "`");
    }
    at++;
    templates--;
    pieces.add(new Token.Piece(literal.toString(), List.of()));
    return new Token(Token.Kind.TEMPLATE, "", from, at, pieces);
  }

  private Token unended(int from, String what, String sign) {
    at = text.length();
    complaints.add(
        ProblemCode.E307,
        from,
        from + 1,
        "the " + what + " that begins here does not end",
        "end it with " + sign);
    return Token.of(Token.Kind.BAD, "", from, at);
  }

  static String shortened(String shown) {
    return shown.length() <= 60 ? shown : shown.substring(0, 57) + "...";
  }
}
