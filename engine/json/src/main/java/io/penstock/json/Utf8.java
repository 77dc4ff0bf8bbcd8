package io.penstock.json;

/** UTF-8 by the letter: no overlong forms, no surrogates, nothing past U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /** Where the first malformed byte stands, or -1. */
  public static int malformed(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int length = sequence(bytes, i, to);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** How many bytes the sequence has that begins here with a byte of at least 0x80; 0 if none. */
  public static int sequence(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    if (first >= 0xc2 && first < 0xe0) {
      return follows(bytes, at + 1, to, 0x80, 0xbf) ? 2 : 0;
    }
    if (first >= 0xe0 && first < 0xf0) {
      int least = first == 0xe0 ? 0xa0 : 0x80;
      int most = first == 0xed ? 0x9f : 0xbf;
      return follows(bytes, at + 1, to, least, most) && follows(bytes, at + 2, to, 0x80, 0xbf)
          ? 3
          : 0;
    }
    if (first >= 0xf0 && first < 0xf5) {
      int least = first == 0xf0 ? 0x90 : 0x80;
      int most = first == 0xf4 ? 0x8f : 0xbf;
      return follows(bytes, at + 1, to, least, most)
              && follows(bytes, at + 2, to, 0x80, 0xbf)
              && follows(bytes, at + 3, to, 0x80, 0xbf)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] bytes, int at, int to, int least, int most) {
    return at < to && (bytes[at] & 0xff) >= least && (bytes[at] & 0xff) <= most;
  }

  static void append(int codePoint, ByteBuilder to) {
    if (codePoint < 0x80) {
      to.append(codePoint);
    } else if (codePoint < 0x800) {
      to.append(0xc0 | codePoint >> 6);
      to.append(0x80 | codePoint & 0x3f);
    } else if (codePoint < 0x10000) {
      to.append(0xe0 | codePoint >> 12);
      to.append(0x80 | codePoint >> 6 & 0x3f);
      to.append(0x80 | codePoint & 0x3f);
    } else {
      to.append(0xf0 | codePoint >> 18);
      to.append(0x80 | codePoint >> 12 & 0x3f);
      to.append(0x80 | codePoint >> 6 & 0x3f);
      to.append(0x80 | codePoint & 0x3f);
    }
  }
}
