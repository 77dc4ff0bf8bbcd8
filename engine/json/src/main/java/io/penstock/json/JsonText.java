package io.penstock.json;

/** Writes JSON text: compact, UTF-8, only what must be escaped escaped. */
public final class JsonText {
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private JsonText() {}

  /** Appends a value in binary form as text. */
  public static void append(byte[] binary, int at, ByteBuilder to) {
    switch (binary[at]) {
      case JsonBinary.NULL -> to.append(NULL);
      case JsonBinary.FALSE -> to.append(FALSE);
      case JsonBinary.TRUE -> to.append(TRUE);
      case JsonBinary.NUMBER -> {
        int from = JsonBinary.chunk(binary, at);
        to.append(binary, from, JsonBinary.end(binary, at) - from);
      }
      case JsonBinary.TEXT ->
          appendText(binary, JsonBinary.chunk(binary, at), JsonBinary.end(binary, at), to);
      case JsonBinary.LIST -> appendList(binary, at, to);
      default -> {
        to.append('{');
        appendMembers(binary, at, to, true);
        to.append('}');
      }
    }
  }

  private static void appendList(byte[] binary, int at, ByteBuilder to) {
    to.append('[');
    int end = JsonBinary.end(binary, at);
    for (int i = at + 5; i < end; i = JsonBinary.end(binary, i)) {
      if (i > at + 5) {
        to.append(',');
      }
      append(binary, i, to);
    }
    to.append(']');
  }

  /**
   * Appends the members of an object without its braces.
   *
   * @param first whether no comma is wanted before the first of them
   */
  public static void appendMembers(byte[] binary, int object, ByteBuilder to, boolean first) {
    int end = JsonBinary.end(binary, object);
    boolean comma = !first;
    for (int name = object + 5; name < end; ) {
      int value = JsonBinary.valueOf(binary, name);
      if (comma) {
        to.append(',');
      }
      comma = true;
      appendText(binary, JsonBinary.nameFrom(binary, name), value, to);
      to.append(':');
      append(binary, value, to);
      name = JsonBinary.end(binary, value);
    }
  }

  /** Appends UTF-8 as a JSON text with its quotes. */
  public static void appendText(byte[] utf8, int from, int to, ByteBuilder out) {
    int special = PlainText.escape(utf8, from, to);
    if (special == to) {
      int length = to - from;
      byte[] into = out.room(length + 2);
      int at = out.length();
      into[at] = '"';
      System.arraycopy(utf8, from, into, at + 1, length);
      into[at + 1 + length] = '"';
      out.advance(length + 2);
      return;
    }
    out.append('"');
    int plain = from;
    while (special < to) {
      out.append(utf8, plain, special - plain);
      escape(utf8[special], out);
      plain = special + 1;
      special = PlainText.escape(utf8, plain, to);
    }
    out.append(utf8, plain, to - plain);
    out.append('"');
  }

  private static void escape(byte b, ByteBuilder out) {
    out.append('\\');
    switch (b) {
      case '"', '\\' -> out.append(b);
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      case '\b' -> out.append('b');
      case '\f' -> out.append('f');
      default -> {
        out.append('u');
        out.append('0');
        out.append('0');
        out.append(HEX[b >> 4]);
        out.append(HEX[b & 15]);
      }
    }
  }
}
