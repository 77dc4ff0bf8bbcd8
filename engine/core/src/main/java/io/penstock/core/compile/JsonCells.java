package io.penstock.core.compile;

import io.penstock.json.Json;
import io.penstock.json.JsonBinary;

/** Reads json in its binary form, for generated loops. A place below 0 stands for null. */
public final class JsonCells {
  private JsonCells() {}

  /** The place, unless the value there is JSON's null. */
  public static int notNull(byte[] bytes, int at) {
    return JsonBinary.kind(bytes, at) == Json.Kind.NULL ? -1 : at;
  }

  /** The place of a member's value; null where there is no object or no such member. */
  public static int member(byte[] bytes, int at, byte[] name) {
    if (at < 0 || JsonBinary.kind(bytes, at) != Json.Kind.OBJECT) {
      return -1;
    }
    int found = JsonBinary.member(bytes, at, name);
    return found < 0 ? -1 : notNull(bytes, found);
  }

  /** Whether it is a number of digits only, at most 18 of them. */
  public static boolean isWhole(byte[] bytes, int at) {
    if (JsonBinary.kind(bytes, at) != Json.Kind.NUMBER) {
      return false;
    }
    return Texts.isWhole(bytes, JsonBinary.chunk(bytes, at), JsonBinary.end(bytes, at));
  }

  /** The number of {@link #isWhole}. */
  public static long whole(byte[] bytes, int at) {
    return Texts.whole(bytes, JsonBinary.chunk(bytes, at), JsonBinary.end(bytes, at));
  }

  /** Whether it is a truth value. */
  public static boolean isTruth(byte[] bytes, int at) {
    return JsonBinary.kind(bytes, at) == Json.Kind.BOOLEAN;
  }

  /** The truth value. */
  public static boolean isTrue(byte[] bytes, int at) {
    return JsonBinary.isTrue(bytes, at);
  }

  /** Whether it is a text. */
  public static boolean isText(byte[] bytes, int at) {
    return JsonBinary.kind(bytes, at) == Json.Kind.TEXT;
  }

  /** Where the text begins. */
  public static int from(byte[] bytes, int at) {
    return JsonBinary.chunk(bytes, at);
  }

  /** Where the text ends. */
  public static int to(byte[] bytes, int at) {
    return JsonBinary.end(bytes, at);
  }
}
