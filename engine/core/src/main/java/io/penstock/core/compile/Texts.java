package io.penstock.core.compile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the language's text functions do, on UTF-8 bytes, for generated loops. A part of a text is
 * given as one number: where it begins in the high word, where it ends in the low one.
 */
public final class Texts {
  private static final int DIGITS = 18;
  private static final int SHORT = 16;

  private Texts() {}

  /** The part as a String. */
  public static String string(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** Where a part begins. */
  public static int from(long part) {
    return (int) (part >>> 32);
  }

  /** Where a part ends. */
  public static int to(long part) {
    return (int) part;
  }

  private static long part(int from, int to) {
    return (long) from << 32 | to;
  }

  /** Whether two texts are equal. */
  public static boolean equal(byte[] a, int from, int to, byte[] b, int start, int end) {
    int length = end - start;
    if (to - from != length) {
      return false;
    }
    return length <= SHORT
        ? Lanes.equal(a, from, b, start, length)
        : Arrays.equals(a, from, to, b, start, end);
  }

  /** The order of code points. */
  public static int compare(byte[] a, int from, int to, byte[] b, int start, int end) {
    return Arrays.compareUnsigned(a, from, to, b, start, end);
  }

  /** Whether a text begins with another. */
  public static boolean starts(byte[] a, int from, int to, byte[] b, int start, int end) {
    int length = end - start;
    return length <= to - from && Arrays.equals(a, from, from + length, b, start, end);
  }

  /** Whether a text ends with another. */
  public static boolean ends(byte[] a, int from, int to, byte[] b, int start, int end) {
    int length = end - start;
    return length <= to - from && Arrays.equals(a, to - length, to, b, start, end);
  }

  /** Whether a text has another as a part. */
  public static boolean contains(byte[] a, int from, int to, byte[] b, int start, int end) {
    int length = end - start;
    for (int at = from; at <= to - length; at++) {
      if (length == 0 || a[at] == b[start] && Arrays.equals(a, at, at + length, b, start, end)) {
        return true;
      }
    }
    return false;
  }

  /** How many code points. */
  public static long length(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  /** Whether it is a whole number: digits, at most 18 of them, perhaps behind a minus. */
  public static boolean isWhole(byte[] bytes, int from, int to) {
    int digits = from < to && bytes[from] == '-' ? from + 1 : from;
    if (digits == to || to - digits > DIGITS) {
      return false;
    }
    for (int i = digits; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The number of {@link #isWhole}. */
  public static long whole(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return negative ? -value : value;
  }

  /** Appends the text in capital letters. */
  public static void upper(byte[] bytes, int from, int to, TextOut out) {
    out.room(to - from);
    if (Lanes.changed(bytes, from, to, out.bytes, out.length, 'a')) {
      out.length += to - from;
    } else {
      out.append(string(bytes, from, to).toUpperCase(Locale.ROOT));
    }
  }

  /** Appends the text in small letters. */
  public static void lower(byte[] bytes, int from, int to, TextOut out) {
    out.room(to - from);
    if (Lanes.changed(bytes, from, to, out.bytes, out.length, 'A')) {
      out.length += to - from;
    } else {
      out.append(string(bytes, from, to).toLowerCase(Locale.ROOT));
    }
  }

  /** The part without white space at both ends. */
  public static long trim(byte[] bytes, int from, int to) {
    long end = trimEnd(bytes, from, to);
    return trimStart(bytes, from, to(end));
  }

  /** The part without white space at its start. */
  public static long trimStart(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int next = next(bytes, at, to);
      if (!Character.isWhitespace(point(bytes, at, next))) {
        break;
      }
      at = next;
    }
    return part(at, to);
  }

  /** The part without white space at its end. */
  public static long trimEnd(byte[] bytes, int from, int to) {
    int at = to;
    while (at > from) {
      int before = at - 1;
      while (before > from && (bytes[before] & 0xC0) == 0x80) {
        before--;
      }
      if (!Character.isWhitespace(point(bytes, before, at))) {
        break;
      }
      at = before;
    }
    return part(from, at);
  }

  private static int point(byte[] bytes, int from, int to) {
    return bytes[from] >= 0 ? bytes[from] : string(bytes, from, to).codePointAt(0);
  }

  /** The part from a character on, counted from 1, from the end where negative. */
  public static long substring(byte[] bytes, int from, int to, long start) {
    return cut(bytes, from, to, first(bytes, from, to, start), Long.MAX_VALUE);
  }

  /** So many characters from one on; the length is not negative. */
  public static long substring(byte[] bytes, int from, int to, long start, long length) {
    long first = first(bytes, from, to, start);
    long end = first + length;
    return cut(bytes, from, to, first, end < first ? Long.MAX_VALUE : end);
  }

  private static long first(byte[] bytes, int from, int to, long start) {
    return start < 0 ? length(bytes, from, to) + start : start - 1;
  }

  /** The first characters; where negative, all but so many at the end. */
  public static long left(byte[] bytes, int from, int to, long count) {
    return cut(bytes, from, to, 0, resolved(count, length(bytes, from, to)));
  }

  /** The last characters; where negative, all but so many at the start. */
  public static long right(byte[] bytes, int from, int to, long count) {
    long length = length(bytes, from, to);
    return cut(bytes, from, to, length - resolved(count, length), length);
  }

  private static long resolved(long place, long length) {
    long resolved = place < 0 ? place + length : place;
    return Math.max(0, Math.min(resolved, length));
  }

  /** The characters {@code start} to {@code end - 1} that the text has. */
  private static long cut(byte[] bytes, int from, int to, long start, long end) {
    if (end <= start || end <= 0 || start >= to - from) {
      return part(from, from);
    }
    int begin = skip(bytes, from, to, Math.max(0, start));
    return part(begin, skip(bytes, begin, to, end - Math.max(0, start)));
  }

  private static int skip(byte[] bytes, int from, int to, long count) {
    int at = from;
    for (long i = 0; i < count && at < to; i++) {
      at = next(bytes, at, to);
    }
    return at;
  }

  private static int next(byte[] bytes, int at, int to) {
    int next = at + 1;
    while (next < to && (bytes[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }
}
