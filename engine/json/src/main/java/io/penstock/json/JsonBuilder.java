package io.penstock.json;

import java.math.BigDecimal;

/**
 * Writes the binary form, value by value: a list's elements stand between {@link #beginList} and
 * {@link #end}, an object's members (name, value) between {@link #beginObject} and end.
 * Single-threaded, used again after {@link #clear}.
 */
public final class JsonBuilder {
  private final ByteBuilder bytes = new ByteBuilder(256);

  /** The bytes so far. */
  public ByteBuilder bytes() {
    return bytes;
  }

  /** Starts again. */
  public JsonBuilder clear() {
    bytes.truncate(0);
    return this;
  }

  /** The one value that was written. */
  public Json build() {
    return Json.ofBinary(bytes.array(), 0, bytes.length());
  }

  public JsonBuilder addNull() {
    bytes.append(JsonBinary.NULL);
    return this;
  }

  public JsonBuilder add(boolean value) {
    bytes.append(value ? JsonBinary.TRUE : JsonBinary.FALSE);
    return this;
  }

  /** A number, as its decimal text, which must be one of JSON. */
  public JsonBuilder addNumber(byte[] from, int offset, int count) {
    bytes.append(JsonBinary.NUMBER);
    bytes.appendVarint(count);
    bytes.append(from, offset, count);
    return this;
  }

  public JsonBuilder addNumber(long value) {
    int at = bytes.length();
    bytes.append(JsonBinary.NUMBER);
    bytes.append(0);
    bytes.appendNumber(value);
    bytes.array()[at + 1] = (byte) (bytes.length() - at - 2);
    return this;
  }

  /** A number; NaN and the infinities, which JSON does not have, become null. */
  public JsonBuilder addNumber(double value) {
    if (!Double.isFinite(value)) {
      return addNull();
    }
    int at = bytes.length();
    bytes.append(JsonBinary.NUMBER);
    bytes.append(0);
    DoubleText.append(value, bytes);
    bytes.array()[at + 1] = (byte) (bytes.length() - at - 2);
    return this;
  }

  public JsonBuilder addNumber(BigDecimal value) {
    String text = value.scale() < -1000 ? value.toString() : value.toPlainString();
    byte[] digits = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return addNumber(digits, 0, digits.length);
  }

  /** A text, as UTF-8. */
  public JsonBuilder addText(byte[] from, int offset, int count) {
    bytes.append(JsonBinary.TEXT);
    bytes.appendVarint(count);
    bytes.append(from, offset, count);
    return this;
  }

  public JsonBuilder addText(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return addText(utf8, 0, utf8.length);
  }

  /** A value in binary form. */
  public JsonBuilder addBinary(byte[] from, int offset, int count) {
    bytes.append(from, offset, count);
    return this;
  }

  public JsonBuilder add(Json value) {
    value.appendTo(bytes);
    return this;
  }

  /** Begins a list; what is returned is handed to {@link #end}. */
  public int beginList() {
    return begin(JsonBinary.LIST);
  }

  /** Begins an object; what is returned is handed to {@link #end}. */
  public int beginObject() {
    return begin(JsonBinary.OBJECT);
  }

  /** The name of the member whose value comes next. Must not be there already. */
  public JsonBuilder name(byte[] from, int offset, int count) {
    bytes.appendVarint(count);
    bytes.append(from, offset, count);
    return this;
  }

  public JsonBuilder name(String name) {
    byte[] utf8 = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return name(utf8, 0, utf8.length);
  }

  /** Ends a list or an object. */
  public JsonBuilder end(int begun) {
    bytes.setInt(begun + 1, bytes.length() - begun - 5);
    return this;
  }

  private int begin(byte tag) {
    int at = bytes.length();
    bytes.append(tag);
    bytes.room(4);
    bytes.advance(4);
    return at;
  }
}
