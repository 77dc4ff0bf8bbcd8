package io.penstock.core.compile;

/**
 * A text in generated code: a part of a byte array, or a String.
 *
 * @param bytes the array; empty where it is a String
 * @param string the String; empty where it is a part of an array
 */
record TextValue(String bytes, String from, String to, String string, String isNull) {
  static TextValue slice(String bytes, String from, String to, String isNull) {
    return new TextValue(bytes, from, to, "", isNull);
  }

  static TextValue string(String code, String isNull) {
    return new TextValue("", "", "", code, isNull);
  }

  boolean isSlice() {
    return string.isEmpty();
  }

  boolean mayBeNull() {
    return !isNull.equals(Value.NEVER);
  }

  /** The part as arguments of a method. */
  String parts() {
    return bytes + ", " + from + ", " + to;
  }
}
