package io.penstock.connectors.standard.xml;

/** What may be the name of an element or an attribute, after XML 1.0, production 5. */
final class XmlNames {
  private XmlNames() {}

  static boolean isName(String name) {
    if (name.isEmpty() || !isStart(name.codePointAt(0))) {
      return false;
    }
    return name.codePoints().allMatch(c -> isStart(c) || isInside(c));
  }

  private static boolean isStart(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    }
    return c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7
        || c >= 0x370 && c <= 0x1FFF && c != 0x37E
        || c == 0x200C
        || c == 0x200D
        || c >= 0x2070 && c <= 0x218F
        || c >= 0x2C00 && c <= 0x2FEF
        || c >= 0x3001 && c <= 0xD7FF
        || c >= 0xF900 && c <= 0xFDCF
        || c >= 0xFDF0 && c <= 0xFFFD
        || c >= 0x10000 && c <= 0xEFFFF;
  }

  private static boolean isInside(int c) {
    return c == '-'
        || c == '.'
        || c >= '0' && c <= '9'
        || c == 0xB7
        || c >= 0x300 && c <= 0x36F
        || c == 0x203F
        || c == 0x2040;
  }
}
