package io.penstock.core.expression.syntax;

import io.penstock.api.problem.ProblemCode;

/** Reads a number or a duration. */
final class NumberReader {
  private static final String HINT =
      "numbers are written 10, 1_000, 0.908, 1e3; durations 250ms, 10s, 5m, 2h, 1d";

  private final String text;
  private final int from;
  private final Complaints complaints;
  private int at;

  NumberReader(String text, int from, Complaints complaints) {
    this.text = text;
    this.from = from;
    this.at = from;
    this.complaints = complaints;
  }

  Token read(Lexer lexer) {
    Token token = number();
    lexer.moveTo(token.to());
    return token;
  }

  private Token number() {
    StringBuilder digits = new StringBuilder();
    digits(digits);
    boolean fraction = isDigit(at + 1) && charAt(at) == '.';
    if (fraction) {
      digits.append('.');
      at++;
      digits(digits);
    }
    boolean exponent = exponent(digits);
    int letters = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String unit = text.substring(letters, at);
    if (unit.isEmpty()) {
      return plain(digits.toString(), fraction, exponent);
    }
    if (!fraction && !exponent && micros(unit) > 0) {
      return duration(digits.toString(), micros(unit));
    }
    return bad("`" + Lexer.shortened(text.substring(from, at)) + "` is no number", HINT);
  }

  private Token plain(String digits, boolean fraction, boolean exponent) {
    if (exponent) {
      if (Double.isInfinite(Double.parseDouble(digits))) {
        return bad("`" + digits + "` is larger than a double can be", HINT);
      }
      return Token.of(Token.Kind.DOUBLE, digits, from, at);
    }
    if (!fraction && digits.length() > 1 && digits.charAt(0) == '0') {
      return bad(
          "`" + Lexer.shortened(digits) + "` begins with 0",
          "write it without the 0; there are no octal numbers. A code such as '007' is a text");
    }
    if (digits.replace(".", "").length() > 60) {
      return bad("the number has more than 38 digits", "write it with an exponent: 1e40");
    }
    return Token.of(fraction ? Token.Kind.DECIMAL : Token.Kind.INT, digits, from, at);
  }

  private Token duration(String digits, long unit) {
    try {
      long micros = Math.multiplyExact(Long.parseLong(digits), unit);
      return Token.of(Token.Kind.DURATION, Long.toString(micros), from, at);
    } catch (ArithmeticException | NumberFormatException e) {
      return bad("`" + text.substring(from, at) + "` is longer than a duration can be", HINT);
    }
  }

  private Token bad(String message, String hint) {
    complaints.add(ProblemCode.E307, from, at, message, hint);
    return Token.of(Token.Kind.BAD, "", from, at);
  }

  private boolean exponent(StringBuilder digits) {
    char e = charAt(at);
    if (e != 'e' && e != 'E') {
      return false;
    }
    boolean sign = charAt(at + 1) == '+' || charAt(at + 1) == '-';
    if (!isDigit(at + (sign ? 2 : 1))) {
      return false;
    }
    digits.append('e');
    at++;
    if (sign) {
      digits.append(text.charAt(at++));
    }
    digits(digits);
    return true;
  }

  private void digits(StringBuilder into) {
    while (isDigit(at) || (charAt(at) == '_' && isDigit(at + 1))) {
      if (text.charAt(at) != '_') {
        into.append(text.charAt(at));
      }
      at++;
    }
  }

  private boolean isDigit(int index) {
    return charAt(index) >= '0' && charAt(index) <= '9';
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static long micros(String unit) {
    return switch (unit) {
      case "us" -> 1L;
      case "ms" -> 1_000L;
      case "s" -> 1_000_000L;
      case "m" -> 60_000_000L;
      case "h" -> 3_600_000_000L;
      case "d" -> 86_400_000_000L;
      default -> 0L;
    };
  }
}
