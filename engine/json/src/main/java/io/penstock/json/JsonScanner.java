package io.penstock.json;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON strictly by RFC 8259, value by value, over bytes, without making objects. A caller
 * asks for the {@link #kind} of the next value and then takes it: {@link #takeNull}, {@link
 * #takeBoolean}, {@link #takeNumber}, {@link #takeText}, {@link #skip}, {@link #copy}, or {@link
 * #beginObject} and {@link #nextName} until it is false, or {@link #beginList} and {@link
 * #nextElement} until it is false. Whatever is not JSON, or passes a limit, is thrown as {@link
 * JsonProblem} with its offset from the beginning. Jackson is not used here: it takes lone
 * surrogates and overlong UTF-8, and makes a String of each text. Single-threaded.
 */
public final class JsonScanner {
  /** The deepest nesting. */
  public static final int MAX_DEPTH = 1000;

  /** The most characters that a number may have. */
  public static final int MAX_NUMBER = 1000;

  /** The most an exponent may be, either sign. */
  public static final int MAX_EXPONENT = 10_000;

  /** The most bytes that a name may have. */
  public static final int MAX_NAME = 50_000;

  /** The most bytes that a text may have. */
  public static final int MAX_TEXT = 20_000_000;

  private final Names names = new Names();
  private final TextScanner texts = new TextScanner();
  private byte[] bytes = new byte[0];
  private int base;
  private int at;
  private int to;
  private int depth;
  private boolean fresh;
  private byte[] slice = new byte[0];
  private int sliceFrom;
  private int sliceTo;
  private boolean whole;
  private int nameAt;

  /** Begins to read these bytes. */
  public void reset(byte[] newBytes, int from, int end) {
    bytes = newBytes;
    base = from;
    at = from;
    to = end;
    depth = 0;
    fresh = false;
    names.clear();
  }

  /**
   * Begins in the middle of bytes: the next value is a member's of the object that is the whole.
   *
   * @param from where the object begins
   */
  public void resetInside(byte[] newBytes, int from, int end, int index) {
    reset(newBytes, from, end);
    depth = 1;
    at = index;
  }

  /** The index of the next byte. */
  public int position() {
    return at;
  }

  /** Goes on at this index, as if everything before it were read. */
  public void position(int index) {
    at = index;
  }

  /** The array that is read. */
  public byte[] source() {
    return bytes;
  }

  /** The array that holds the last name, text or number; not to be kept. */
  public byte[] slice() {
    return slice;
  }

  public int sliceFrom() {
    return sliceFrom;
  }

  public int sliceTo() {
    return sliceTo;
  }

  /** The last name, text or number as a String, for messages. */
  public String sliceText() {
    return new String(slice, sliceFrom, sliceTo - sliceFrom, StandardCharsets.UTF_8);
  }

  /** Whether the last number has neither a fraction nor an exponent. */
  public boolean isWhole() {
    return whole;
  }

  /** What the next value is, judged by its first byte. */
  public Json.Kind kind() {
    return switch (peek()) {
      case '{' -> Json.Kind.OBJECT;
      case '[' -> Json.Kind.LIST;
      case '"' -> Json.Kind.TEXT;
      case 't', 'f' -> Json.Kind.BOOLEAN;
      case 'n' -> Json.Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Json.Kind.NUMBER;
      default -> throw unexpected("a value");
    };
  }

  /** Whether only white space is left. */
  public boolean atEnd() {
    return peek() < 0;
  }

  /** Demands that only white space is left. */
  public void end() {
    if (peek() >= 0) {
      throw problem("something follows the value: " + shown());
    }
  }

  public void beginObject() {
    begin();
  }

  public void beginList() {
    begin();
  }

  private void begin() {
    if (++depth > MAX_DEPTH) {
      throw JsonProblem.limit("nested deeper than " + MAX_DEPTH, at - base);
    }
    at++;
    fresh = true;
  }

  /** Takes the next member's name, which is the slice then; false at the end of the object. */
  public boolean nextName() {
    if (!separated('}')) {
      return false;
    }
    if (peek() != '"') {
      throw unexpected("a name in quotes");
    }
    nameAt = at;
    takeText();
    if (sliceTo - sliceFrom > MAX_NAME) {
      throw JsonProblem.limit("a name longer than " + MAX_NAME + " bytes", nameAt - base);
    }
    if (peek() != ':') {
      throw unexpected("`:` after the name");
    }
    at++;
    return true;
  }

  /** Whether there is a next element; false at the end of the list. */
  public boolean nextElement() {
    return separated(']');
  }

  private boolean separated(char close) {
    int next = peek();
    if (next == close) {
      at++;
      depth--;
      fresh = false;
      return false;
    }
    if (!fresh) {
      if (next != ',') {
        throw unexpected("`,` or `" + close + "`");
      }
      at++;
      if (peek() == close) {
        throw unexpected(close == '}' ? "a name after `,`" : "a value after `,`");
      }
    }
    fresh = false;
    return true;
  }

  public void takeNull() {
    take("null");
  }

  public boolean takeBoolean() {
    boolean value = peek() == 't';
    take(value ? "true" : "false");
    return value;
  }

  private void take(String word) {
    peek();
    int start = at;
    for (int i = 0; i < word.length(); i++) {
      if (start + i >= to) {
        at = to;
        throw unexpected("`" + word + "`");
      }
      if (bytes[start + i] != word.charAt(i)) {
        throw problem("`" + word + "` expected, not " + shown());
      }
    }
    at = start + word.length();
  }

  /** Takes a number; the slice is its text. */
  public void takeNumber() {
    peek();
    int start = at;
    int i = at;
    if (bytes[i] == '-') {
      i++;
    }
    int digits = i;
    i = digits(i);
    if (bytes[digits] == '0' && i > digits + 1) {
      throw problem("a number must not begin with 0: " + shown());
    }
    whole = true;
    if (i < to && bytes[i] == '.') {
      whole = false;
      i = digits(i + 1);
    }
    if (i < to && (bytes[i] == 'e' || bytes[i] == 'E')) {
      whole = false;
      i = exponent(i + 1, start);
    }
    if (i - start > MAX_NUMBER) {
      throw JsonProblem.limit("a number longer than " + MAX_NUMBER + " characters", start - base);
    }
    slice = bytes;
    sliceFrom = start;
    sliceTo = i;
    at = i;
  }

  private int digits(int from) {
    int i = from;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    if (i == from) {
      at = i;
      throw unexpected("a digit");
    }
    return i;
  }

  private int exponent(int from, int start) {
    int digits = from < to && (bytes[from] == '+' || bytes[from] == '-') ? from + 1 : from;
    int end = digits(digits);
    int value = 0;
    for (int i = digits; i < end; i++) {
      value = Math.min(MAX_EXPONENT + 1, value * 10 + bytes[i] - '0');
    }
    if (value > MAX_EXPONENT) {
      throw JsonProblem.limit("a number with an exponent past " + MAX_EXPONENT, start - base);
    }
    return end;
  }

  /** Takes a text; the slice is its UTF-8, without escapes. */
  public void takeText() {
    peek();
    int start = at + 1;
    at = texts.take(bytes, base, start, to);
    slice = texts.slice();
    sliceFrom = texts.sliceFrom();
    sliceTo = texts.sliceTo();
    if (sliceTo - sliceFrom > MAX_TEXT) {
      throw JsonProblem.limit("a text longer than " + MAX_TEXT + " bytes", start - 1 - base);
    }
  }

  /** Passes a value, checking that it is well-formed. */
  public void skip() {
    switch (kind()) {
      case NULL -> takeNull();
      case BOOLEAN -> takeBoolean();
      case NUMBER -> takeNumber();
      case TEXT -> takeText();
      case LIST -> {
        beginList();
        while (nextElement()) {
          skip();
        }
      }
      case OBJECT -> {
        beginObject();
        while (nextName()) {
          skip();
        }
      }
    }
  }

  /** Takes a value into its binary form; a name twice in one object is a problem. */
  public void copy(JsonBuilder into) {
    switch (kind()) {
      case NULL -> {
        takeNull();
        into.addNull();
      }
      case BOOLEAN -> into.add(takeBoolean());
      case NUMBER -> {
        takeNumber();
        into.addNumber(slice, sliceFrom, sliceTo - sliceFrom);
      }
      case TEXT -> {
        takeText();
        into.addText(slice, sliceFrom, sliceTo - sliceFrom);
      }
      case LIST -> {
        int begun = into.beginList();
        beginList();
        while (nextElement()) {
          copy(into);
        }
        into.end(begun);
      }
      case OBJECT -> copyObject(into);
    }
  }

  private void copyObject(JsonBuilder into) {
    int begun = into.beginObject();
    int seen = names.begin();
    beginObject();
    while (nextName()) {
      if (!names.add(seen, slice, sliceFrom, sliceTo)) {
        throw repeated();
      }
      into.name(slice, sliceFrom, sliceTo - sliceFrom);
      copy(into);
    }
    names.end(seen);
    into.end(begun);
  }

  /** The problem that the last name stands in its object twice. */
  public JsonProblem repeated() {
    return JsonProblem.wrong("the name `" + sliceText() + "` stands there twice", nameAt - base);
  }

  /** A problem at the next byte. */
  public JsonProblem problem(String message) {
    return JsonProblem.wrong(message, at - base);
  }

  private JsonProblem unexpected(String wanted) {
    return problem(Found.instead(wanted, bytes, at, to));
  }

  private String shown() {
    return Found.shown(bytes, at, to);
  }

  /** The next byte after white space, or -1. */
  private int peek() {
    while (at < to) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b & 0xff;
      }
      at++;
    }
    return -1;
  }
}
