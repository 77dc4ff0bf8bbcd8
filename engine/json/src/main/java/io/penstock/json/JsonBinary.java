package io.penstock.json;

import java.util.Arrays;

/**
 * Walks the binary form without making objects. A value is a tag and what belongs to it:
 *
 * <ul>
 *   <li>null, false, true: nothing
 *   <li>number, text: a length in groups of seven bits, then decimal digits as written, or UTF-8
 *   <li>list: the length of the rest in four bytes, then the elements
 *   <li>object: the length of the rest in four bytes, then for each member its name (length, UTF-8)
 *       and its value, in the order written
 * </ul>
 *
 * An index always names a value's tag.
 */
public final class JsonBinary {
  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;
  static final byte NUMBER = 3;
  static final byte TEXT = 4;
  static final byte LIST = 5;
  static final byte OBJECT = 6;

  /** No such value. */
  public static final int NONE = -1;

  private JsonBinary() {}

  /** The kind of the value. */
  public static Json.Kind kind(byte[] bytes, int at) {
    return switch (bytes[at]) {
      case NULL -> Json.Kind.NULL;
      case FALSE, TRUE -> Json.Kind.BOOLEAN;
      case NUMBER -> Json.Kind.NUMBER;
      case TEXT -> Json.Kind.TEXT;
      case LIST -> Json.Kind.LIST;
      case OBJECT -> Json.Kind.OBJECT;
      default -> throw new IllegalArgumentException("tag " + bytes[at]);
    };
  }

  /** Whether the value is the boolean true. */
  public static boolean isTrue(byte[] bytes, int at) {
    return bytes[at] == TRUE;
  }

  /** Where the value ends, exclusive. */
  public static int end(byte[] bytes, int at) {
    return switch (bytes[at]) {
      case NULL, FALSE, TRUE -> at + 1;
      case NUMBER, TEXT -> chunkEnd(bytes, at + 1);
      default -> at + 5 + int4(bytes, at + 1);
    };
  }

  /** Where the bytes of a number or a text begin; they end with the value. */
  public static int chunk(byte[] bytes, int at) {
    return chunkStart(bytes, at + 1);
  }

  /** The first element of a list, or {@link #NONE}. */
  public static int firstElement(byte[] bytes, int list) {
    return end(bytes, list) == list + 5 ? NONE : list + 5;
  }

  /** The element after this one, or {@link #NONE}. */
  public static int nextElement(byte[] bytes, int element, int listEnd) {
    int next = end(bytes, element);
    return next == listEnd ? NONE : next;
  }

  /** Where the first member's name begins (its length), or {@link #NONE}. */
  public static int firstName(byte[] bytes, int object) {
    return end(bytes, object) == object + 5 ? NONE : object + 5;
  }

  /** Where the bytes of the name begin. */
  public static int nameFrom(byte[] bytes, int name) {
    return chunkStart(bytes, name);
  }

  /** The member's value; the name's bytes end there. */
  public static int valueOf(byte[] bytes, int name) {
    return chunkEnd(bytes, name);
  }

  /** The name of the member after this value, or {@link #NONE}. */
  public static int nextName(byte[] bytes, int value, int objectEnd) {
    int next = end(bytes, value);
    return next == objectEnd ? NONE : next;
  }

  /** The value of a member of an object, or {@link #NONE}. */
  public static int member(byte[] bytes, int object, byte[] name) {
    int end = end(bytes, object);
    int at = object + 5;
    while (at < end) {
      int from = chunkStart(bytes, at);
      int value = chunkEnd(bytes, at);
      if (value - from == name.length && Arrays.equals(bytes, from, value, name, 0, name.length)) {
        return value;
      }
      at = end(bytes, value);
    }
    return NONE;
  }

  /** The element of a list, or {@link #NONE}. */
  public static int element(byte[] bytes, int list, int index) {
    int end = end(bytes, list);
    int at = list + 5;
    for (int i = 0; i < index && at < end; i++) {
      at = end(bytes, at);
    }
    return at < end ? at : NONE;
  }

  /** How many elements or members there are. */
  public static int size(byte[] bytes, int at) {
    int end = end(bytes, at);
    boolean object = bytes[at] == OBJECT;
    int count = 0;
    for (int i = at + 5; i < end; count++) {
      i = end(bytes, object ? chunkEnd(bytes, i) : i);
    }
    return count;
  }

  private static int chunkStart(byte[] bytes, int length) {
    int at = length;
    while (bytes[at] < 0) {
      at++;
    }
    return at + 1;
  }

  private static int chunkEnd(byte[] bytes, int length) {
    int at = length;
    int value = bytes[at] & 0x7f;
    int shift = 7;
    while (bytes[at] < 0) {
      at++;
      value |= (bytes[at] & 0x7f) << shift;
      shift += 7;
    }
    return at + 1 + value;
  }

  private static int int4(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
