package io.penstock.json;

/** Reads the inside of a text of JSON: checks its UTF-8, resolves its escapes. Single-threaded. */
final class TextScanner {
  private final ByteBuilder scratch = new ByteBuilder(256);
  private byte[] bytes = new byte[0];
  private int base;
  private int to;
  private byte[] slice = new byte[0];
  private int sliceFrom;
  private int sliceTo;

  /**
   * Reads the text that begins here, behind its quote.
   *
   * @param newBase where offsets of problems count from
   * @return where it ends, behind its quote
   */
  int take(byte[] newBytes, int newBase, int start, int end) {
    bytes = newBytes;
    base = newBase;
    to = end;
    int i = plain(start);
    if (i >= to || bytes[i] != '"') {
      return takeEscaped(start, i);
    }
    slice = bytes;
    sliceFrom = start;
    sliceTo = i;
    return i + 1;
  }

  /** The array that holds the text without its escapes. */
  byte[] slice() {
    return slice;
  }

  int sliceFrom() {
    return sliceFrom;
  }

  int sliceTo() {
    return sliceTo;
  }

  private int takeEscaped(int start, int firstEscape) {
    scratch.truncate(0);
    int from = start;
    int i = firstEscape;
    while (true) {
      if (i >= to) {
        throw unexpected("`\"` at the end of the text", to);
      }
      scratch.append(bytes, from, i - from);
      if (bytes[i] == '"') {
        break;
      }
      i = escape(i);
      from = i;
      i = plain(i);
    }
    slice = scratch.array();
    sliceFrom = 0;
    sliceTo = scratch.length();
    return i + 1;
  }

  /** Where the first quote or backslash stands, from here on; what lies before is checked. */
  private int plain(int from) {
    int i = from;
    while (true) {
      i = PlainText.end(bytes, i, to);
      if (i >= to) {
        return to;
      }
      byte b = bytes[i];
      if (b == '"' || b == '\\') {
        return i;
      }
      if (b < 0) {
        int length = Utf8.sequence(bytes, i, to);
        if (length == 0) {
          throw problem("malformed UTF-8: byte 0x" + Integer.toHexString(b & 0xff), i);
        }
        i += length;
      } else {
        throw problem("a control character in a text: 0x" + Integer.toHexString(b), i);
      }
    }
  }

  /** Appends what an escape stands for; returns where it ends. */
  private int escape(int backslash) {
    if (backslash + 1 >= to) {
      throw unexpected("the rest of an escape", to);
    }
    byte letter = bytes[backslash + 1];
    switch (letter) {
      case '"', '\\', '/' -> scratch.append(letter);
      case 'b' -> scratch.append('\b');
      case 'f' -> scratch.append('\f');
      case 'n' -> scratch.append('\n');
      case 'r' -> scratch.append('\r');
      case 't' -> scratch.append('\t');
      case 'u' -> {
        return unicode(backslash);
      }
      default ->
          throw problem("an unknown escape: " + Found.shown(bytes, backslash, to), backslash);
    }
    return backslash + 2;
  }

  private int unicode(int backslash) {
    int unit = hex(backslash + 2);
    int end = backslash + 6;
    if (unit >= 0xd800 && unit < 0xe000) {
      boolean paired = unit < 0xdc00 && end + 1 < to && bytes[end] == '\\' && bytes[end + 1] == 'u';
      int low = paired ? hex(end + 2) : 0;
      if (low < 0xdc00 || low > 0xdfff) {
        throw problem("a lone surrogate: \\u" + Integer.toHexString(unit), backslash);
      }
      Utf8.append(Character.toCodePoint((char) unit, (char) low), scratch);
      return end + 6;
    }
    Utf8.append(unit, scratch);
    return end;
  }

  private int hex(int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < to ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw unexpected("four hexadecimal digits after `\\u`", Math.min(i, to));
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private JsonProblem unexpected(String wanted, int at) {
    return problem(Found.instead(wanted, bytes, at, to), at);
  }

  private JsonProblem problem(String message, int at) {
    return JsonProblem.wrong(message, at - base);
  }
}
