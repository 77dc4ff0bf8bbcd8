package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Functions that write values in other alphabets, and read them again. */
public final class Encodings {
  private Encodings() {}

  @Function(
      family = Family.ENCODINGS,
      signature = "(value: any) -> string",
      summary = "A text (as UTF-8) or bytes in Base64.",
      examples = "encode_base64('abc') == 'YWJj'",
      typing = TextOrBytes.class)
  public static String encodeBase64(Object value) {
    return Base64.getEncoder().encodeToString(Hashes.bytes(value));
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> bytes",
      summary = "The bytes that a text in Base64 stands for; the alphabet of URLs is read too.",
      examples = "decode_base64('YWJj') == to_bytes('abc')",
      fails = "the text is no Base64")
  public static byte[] decodeBase64(String text) {
    try {
      return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
          ? Base64.getUrlDecoder().decode(text)
          : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException broken) {
      throw Failure.text(text, "Base64");
    }
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(value: any) -> string",
      summary = "A text (as UTF-8) or bytes as hexadecimal digits.",
      examples = "encode_hex('az') == '617a'",
      typing = TextOrBytes.class)
  public static String encodeHex(Object value) {
    return HexFormat.of().formatHex(Hashes.bytes(value));
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> bytes",
      summary = "The bytes that hexadecimal digits stand for.",
      examples = "decode_hex('617A') == to_bytes('az')",
      fails = "the text is no hexadecimal number of bytes")
  public static byte[] decodeHex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException broken) {
      throw Failure.text(text, "row of hexadecimal bytes such as 61ff");
    }
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(data: bytes) -> string",
      summary = "The text that bytes hold in UTF-8; to_bytes is the way back.",
      examples = "decode_utf8(decode_base64('w6k=')) == 'é'",
      fails = "the bytes are no UTF-8")
  public static String decodeUtf8(byte[] data) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException broken) {
      throw Failure.text(Base64.getEncoder().encodeToString(data), "UTF-8 (shown in Base64)");
    }
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> string",
      summary =
          "The text as part of a URL, with percent signs for all but letters, digits and -_.~",
      examples = "encode_url('a b/é') == 'a%20b%2F%C3%A9'")
  public static String encodeUrl(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 'a' && b <= 'z'
          || b >= 'A' && b <= 'Z'
          || b >= '0' && b <= '9'
          || "-_.~".indexOf(b) >= 0) {
        result.append((char) b);
      } else {
        result.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return result.toString();
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> string",
      summary = "The text with its percent signs read; a plus sign stays.",
      examples = "decode_url('a%20b%2F%C3%A9') == 'a b/é'",
      fails = "a percent sign is not followed by two hexadecimal digits, or the bytes are no UTF-8")
  public static String decodeUrl(String text) {
    return percentDecoded(text, false);
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> [string]",
      summary = "The cells of one line of CSV, with double quotes around those that need them.",
      examples = "parse_csv('a,\"b, c\",') == ['a', 'b, c', '']",
      fails = "a quote is not closed")
  public static List<?> parseCsv(String text) {
    return parseCsv(text, ",");
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string, delimiter: string) -> [string]",
      summary = "The cells of one line of CSV with another character between them.",
      examples = "parse_csv('a;b', ';') == ['a', 'b']",
      fails = "a quote is not closed, or the delimiter is no single character")
  public static List<?> parseCsv(String text, String delimiter) {
    if (delimiter.length() != 1 || delimiter.equals("\"")) {
      throw Failure.domain("the delimiter must be one character, not " + Failure.quoted(delimiter));
    }
    char between = delimiter.charAt(0);
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    int at = 0;
    while (true) {
      cell.setLength(0);
      at = text.startsWith("\"", at) ? quoted(text, at, cell) : plain(text, at, between, cell);
      cells.add(cell.toString());
      if (at == text.length()) {
        return cells;
      }
      if (text.charAt(at) != between) {
        throw Failure.text(text, "line of CSV: a quote ends before its cell does");
      }
      at++;
    }
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> map<string>",
      summary = "The pairs key=value between blanks; values may stand in double quotes.",
      examples = "parse_key_value('a=1 b=\"x y\"') == map_of('a', '1', 'b', 'x y')",
      fails = "a quote is not closed")
  public static Map<String, ?> parseKeyValue(String text) {
    return parseKeyValue(text, "=", " ");
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string, between: string, separator: string) -> map<string>",
      summary =
          "The pairs of a key and a value with a text between the two and another between pairs; the first of equal keys counts.",
      examples = "parse_key_value('a:1,b:2', ':', ',') == map_of('a', '1', 'b', '2')",
      fails = "a quote is not closed, or a separator is empty")
  public static Map<String, ?> parseKeyValue(String text, String between, String separator) {
    return new KeyValueText(text, between, separator).read();
  }

  /** Reads the percent signs of a text. */
  static String percentDecoded(String text, boolean plusIsBlank) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '%') {
        boolean digits =
            i + 2 < utf8.length
                && HexFormat.isHexDigit(utf8[i + 1])
                && HexFormat.isHexDigit(utf8[i + 2]);
        if (!digits) {
          throw Failure.text(text, "URL text: a % is not followed by two hexadecimal digits");
        }
        bytes.write(HexFormat.fromHexDigit(utf8[i + 1]) * 16 + HexFormat.fromHexDigit(utf8[i + 2]));
        i += 2;
      } else {
        bytes.write(plusIsBlank && utf8[i] == '+' ? ' ' : utf8[i]);
      }
    }
    return utf8(bytes.toByteArray(), text);
  }

  /** The text of bytes that must be UTF-8. */
  private static String utf8(byte[] bytes, String shown) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      throw Failure.text(shown, "URL text: its bytes are no UTF-8");
    }
  }

  private static int plain(String text, int from, char between, StringBuilder cell) {
    int end = text.indexOf(between, from);
    int to = end < 0 ? text.length() : end;
    cell.append(text, from, to);
    return to;
  }

  private static int quoted(String text, int from, StringBuilder cell) {
    int at = from + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && !text.startsWith("\"", at + 1)) {
        return at + 1;
      }
      cell.append(c);
      at += c == '"' ? 2 : 1;
    }
    throw Failure.text(text, "line of CSV: a quote is not closed");
  }
}
