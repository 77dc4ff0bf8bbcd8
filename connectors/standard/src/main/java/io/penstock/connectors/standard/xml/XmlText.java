package io.penstock.connectors.standard.xml;

import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes texts so that they are read back as they were. */
final class XmlText {
  private static final byte[] NIL =
      " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"
          .getBytes(StandardCharsets.US_ASCII);

  private XmlText() {}

  /** A name of an element or an attribute. */
  static void name(String name, ByteBuilder to) {
    if (!XmlNames.isName(name)) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      throw new BadElement(
          ProblemCode.D301, Shown.of(bytes, 0, bytes.length) + " is no name that XML can hold");
    }
    to.append(name.getBytes(StandardCharsets.UTF_8));
  }

  static void open(String name, ByteBuilder to) {
    to.append('<');
    name(name, to);
  }

  static void close(String name, ByteBuilder to) {
    to.append("</");
    name(name, to);
    to.append('>');
  }

  /** An element that is null. */
  static void nil(String name, ByteBuilder to) {
    open(name, to);
    to.append(NIL);
  }

  /** The text of an element or, in quotes, of an attribute. */
  static void text(byte[] bytes, int from, int end, boolean quoted, ByteBuilder to) {
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      switch (b) {
        case '&' -> to.append("&amp;");
        case '<' -> to.append("&lt;");
        case '>' -> to.append("&gt;");
        case '\r' -> to.append("&#13;");
        case '"' -> to.append(quoted ? "&quot;" : "\"");
        case '\n' -> to.append(quoted ? "&#10;" : "\n");
        case '\t' -> to.append(quoted ? "&#9;" : "\t");
        default -> {
          if (b >= 0 && b < ' ' || isNoCharacter(bytes, i, end)) {
            throw new BadElement(
                ProblemCode.D301, "a text has " + code(bytes, i) + ", which XML cannot hold");
          }
          to.append(b);
        }
      }
    }
  }

  /** U+FFFE and U+FFFF. */
  private static boolean isNoCharacter(byte[] bytes, int at, int end) {
    return bytes[at] == (byte) 0xEF
        && at + 2 < end
        && bytes[at + 1] == (byte) 0xBF
        && (bytes[at + 2] & 0xff) >= 0xBE;
  }

  private static String code(byte[] bytes, int at) {
    int value = bytes[at] >= 0 ? bytes[at] : 0xFFC0 | bytes[at + 2] & 0x3f;
    return String.format(Locale.ROOT, "the character U+%04X", value);
  }
}
