package io.penstock.connectors.protobuf;

import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.RegistryProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The words, numbers, texts and signs of a `.proto` source, one after the other. */
final class ProtoTokens {
  private static final String ESCAPES = "abfnrtv\\'\"?";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\'\"?";

  private final String source;
  private int at;
  private String token = "";
  private byte[] text = new byte[0];
  private boolean isText;

  ProtoTokens(String source) {
    this.source = source;
    next();
  }

  /** What stands here; empty at the end, and for a text. */
  String peek() {
    return isText ? "" : token;
  }

  boolean isText() {
    return isText;
  }

  boolean atEnd() {
    return !isText && token.isEmpty();
  }

  /** Takes what stands here. */
  String take() {
    if (isText || token.isEmpty()) {
      throw wrong("a name or a sign is missing");
    }
    String taken = token;
    next();
    return taken;
  }

  /** Takes this if it stands here. */
  boolean took(String wanted) {
    if (isText || !token.equals(wanted)) {
      return false;
    }
    next();
    return true;
  }

  void want(String wanted) {
    if (!took(wanted)) {
      throw wrong("`" + wanted + "` is missing");
    }
  }

  /** A word: a letter or `_`, then also digits. */
  String name() {
    if (isText || token.isEmpty() || !isLetter(token.charAt(0))) {
      throw wrong("a name is missing");
    }
    return take();
  }

  /** Names with points between, maybe one before. */
  String path() {
    StringBuilder path = new StringBuilder();
    if (took(".")) {
      path.append('.');
    }
    path.append(name());
    while (took(".")) {
      path.append('.').append(name());
    }
    return path.toString();
  }

  /** A whole number of 32 bits, decimal, hexadecimal or octal, maybe below 0. */
  int number() {
    boolean negative = took("-");
    String digits = take();
    try {
      long value =
          digits.length() > 1 && digits.startsWith("0") && !digits.startsWith("0x")
              ? Long.parseLong(digits, 8)
              : Long.decode(digits);
      return Math.toIntExact(negative ? -value : value);
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong("`" + digits + "` is no number here");
    }
  }

  /** One text, or several that follow each other. */
  byte[] bytes() {
    if (!isText) {
      throw wrong("a text in quotes is missing");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (isText) {
      all.writeBytes(text);
      next();
    }
    return all.toByteArray();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** What is wrong with the source, with the line. */
  RegistryProblem wrong(String why) {
    long line = source.substring(0, Math.min(at, source.length())).lines().count();
    return new RegistryProblem(
        ProblemCode.D101,
        "the registry's schema cannot be read: in its line " + Math.max(1, line) + ", " + why);
  }

  private void next() {
    blanks();
    isText = false;
    int from = at;
    if (at >= source.length()) {
      token = "";
      return;
    }
    char first = source.charAt(at);
    if (first == '"' || first == '\'') {
      quoted(first);
      return;
    }
    if (isLetter(first)) {
      while (at < source.length() && isPart(source.charAt(at))) {
        at++;
      }
    } else if (isDigit(first) || first == '.' && isDigit(behind())) {
      digits();
    } else {
      at++;
    }
    token = source.substring(from, at);
  }

  private char behind() {
    return at + 1 < source.length() ? source.charAt(at + 1) : ' ';
  }

  /** A number as written: an exponent may have a sign. */
  private void digits() {
    boolean hexadecimal = source.startsWith("0x", at) || source.startsWith("0X", at);
    while (at < source.length()) {
      char c = source.charAt(at);
      char before = at == 0 ? ' ' : source.charAt(at - 1);
      boolean sign = (c == '+' || c == '-') && (before == 'e' || before == 'E') && !hexadecimal;
      if (!isPart(c) && c != '.' && !sign) {
        return;
      }
      at++;
    }
  }

  private void blanks() {
    while (at < source.length()) {
      if (Character.isWhitespace(source.charAt(at)) || source.charAt(at) == '\uFEFF') {
        at++;
      } else if (source.startsWith("//", at)) {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        at = end < 0 ? source.length() : end + 2;
      } else {
        return;
      }
    }
  }

  private void quoted(char quote) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    at++;
    while (at < source.length() && source.charAt(at) != quote && source.charAt(at) != '\n') {
      if (source.charAt(at) == '\\') {
        escape(bytes);
      } else {
        int letter = source.codePointAt(at);
        bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(letter);
      }
    }
    if (at >= source.length() || source.charAt(at) != quote) {
      throw wrong("a text has no end");
    }
    at++;
    text = bytes.toByteArray();
    token = "";
    isText = true;
  }

  private void escape(ByteArrayOutputStream to) {
    char kind = behind();
    int known = ESCAPES.indexOf(kind);
    at += 2;
    if (kind == 'x' || kind == 'X') {
      to.write(coded(2, 16));
    } else if (kind == 'u' || kind == 'U') {
      int letter = coded(kind == 'u' ? 4 : 8, 16);
      if (!Character.isValidCodePoint(letter)) {
        throw wrong("a text has an escape that is no letter");
      }
      to.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
    } else if (kind >= '0' && kind <= '7') {
      at--;
      to.write(coded(3, 8));
    } else if (known >= 0) {
      to.write(ESCAPED.charAt(known));
    } else {
      throw wrong("a text has an escape that is none: `\\" + kind + "`");
    }
  }

  private int coded(int most, int radix) {
    int value = 0;
    int count = 0;
    while (count < most && at < source.length() && Character.digit(source.charAt(at), radix) >= 0) {
      value = value * radix + Character.digit(source.charAt(at++), radix);
      count++;
    }
    if (count == 0) {
      throw wrong("a text has an escape without digits");
    }
    return value;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isPart(char c) {
    return isLetter(c) || isDigit(c);
  }
}
