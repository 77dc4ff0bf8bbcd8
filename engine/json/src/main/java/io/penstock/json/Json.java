package io.penstock.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, immutable, in binary form ({@link JsonBinary}). Two are equal when they have the
 * same structure, numbers compared by value and objects regardless of the order of members.
 */
public final class Json {
  private static final Json NULL_VALUE = new Json(new byte[] {JsonBinary.NULL}, 0, 1);
  private static final Json TRUE_VALUE = new Json(new byte[] {JsonBinary.TRUE}, 0, 1);
  private static final Json FALSE_VALUE = new Json(new byte[] {JsonBinary.FALSE}, 0, 1);

  private final byte[] bytes;
  private final int at;
  private final int end;

  private Json(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** What a value is. */
  public enum Kind {
    NULL,
    BOOLEAN,
    NUMBER,
    TEXT,
    LIST,
    OBJECT
  }

  public static Json ofNull() {
    return NULL_VALUE;
  }

  public static Json of(boolean value) {
    return value ? TRUE_VALUE : FALSE_VALUE;
  }

  /**
   * A number as written.
   *
   * @throws JsonProblem where the text is no number of JSON
   */
  public static Json ofNumber(String text) {
    Json value = parse(text.strip());
    if (value.kind() != Kind.NUMBER) {
      throw JsonProblem.wrong("`" + text + "` is no number", 0);
    }
    return value;
  }

  public static Json ofNumber(long value) {
    return new JsonBuilder().addNumber(value).build();
  }

  /** A number; null for NaN and the infinities. */
  public static Json ofNumber(double value) {
    return new JsonBuilder().addNumber(value).build();
  }

  public static Json ofNumber(BigDecimal value) {
    return new JsonBuilder().addNumber(value).build();
  }

  public static Json ofText(String text) {
    return new JsonBuilder().addText(text).build();
  }

  public static Json list(List<Json> elements) {
    JsonBuilder builder = new JsonBuilder();
    int begun = builder.beginList();
    elements.forEach(builder::add);
    return builder.end(begun).build();
  }

  /** An object with these members in the map's order. */
  public static Json object(Map<String, Json> members) {
    JsonBuilder builder = new JsonBuilder();
    int begun = builder.beginObject();
    members.forEach((name, value) -> builder.name(name).add(value));
    return builder.end(begun).build();
  }

  /** A copy of a value in binary form. */
  public static Json ofBinary(byte[] binary, int from, int to) {
    return new Json(Arrays.copyOfRange(binary, from, to), 0, to - from);
  }

  /**
   * Reads a text that is one JSON value.
   *
   * @throws JsonProblem where it is not
   */
  public static Json parse(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return parse(utf8, 0, utf8.length);
  }

  /**
   * Reads UTF-8 that is one JSON value.
   *
   * @throws JsonProblem where it is not
   */
  public static Json parse(byte[] utf8, int from, int to) {
    JsonScanner scanner = new JsonScanner();
    JsonBuilder builder = new JsonBuilder();
    scanner.reset(utf8, from, to);
    scanner.copy(builder);
    scanner.end();
    return builder.build();
  }

  public Kind kind() {
    return JsonBinary.kind(bytes, at);
  }

  public boolean isNull() {
    return bytes[at] == JsonBinary.NULL;
  }

  /** The value of a member; empty where this is no object or has no such member. */
  public Optional<Json> member(String name) {
    if (bytes[at] != JsonBinary.OBJECT) {
      return Optional.empty();
    }
    int value = JsonBinary.member(bytes, at, name.getBytes(StandardCharsets.UTF_8));
    return value == JsonBinary.NONE ? Optional.empty() : Optional.of(part(value));
  }

  /** The element of a list, from 0; empty where this is no list or has no such element. */
  public Optional<Json> element(int index) {
    if (bytes[at] != JsonBinary.LIST || index < 0) {
      return Optional.empty();
    }
    int element = JsonBinary.element(bytes, at, index);
    return element == JsonBinary.NONE ? Optional.empty() : Optional.of(part(element));
  }

  /** How many elements or members there are; 0 for other kinds. */
  public int size() {
    return bytes[at] == JsonBinary.LIST || bytes[at] == JsonBinary.OBJECT
        ? JsonBinary.size(bytes, at)
        : 0;
  }

  /** The elements of a list; none for other kinds. */
  public List<Json> elements() {
    List<Json> elements = new ArrayList<>();
    if (bytes[at] == JsonBinary.LIST) {
      for (int i = at + 5; i < end; i = JsonBinary.end(bytes, i)) {
        elements.add(part(i));
      }
    }
    return elements;
  }

  /** The members of an object in the order written; none for other kinds. */
  public Map<String, Json> members() {
    Map<String, Json> members = new LinkedHashMap<>();
    if (bytes[at] == JsonBinary.OBJECT) {
      for (int i = at + 5; i < end; ) {
        int from = JsonBinary.nameFrom(bytes, i);
        int value = JsonBinary.valueOf(bytes, i);
        members.put(new String(bytes, from, value - from, StandardCharsets.UTF_8), part(value));
        i = JsonBinary.end(bytes, value);
      }
    }
    return members;
  }

  /** The text of a text; empty for other kinds. */
  public Optional<String> asText() {
    return bytes[at] == JsonBinary.TEXT ? Optional.of(chunk()) : Optional.empty();
  }

  public Optional<Boolean> asBoolean() {
    return kind() == Kind.BOOLEAN ? Optional.of(bytes[at] == JsonBinary.TRUE) : Optional.empty();
  }

  /** A number that is whole (`1.0` and `1e2` are) and fits 64 bits; empty otherwise. */
  public OptionalLong asLong() {
    if (bytes[at] != JsonBinary.NUMBER) {
      return OptionalLong.empty();
    }
    int from = JsonBinary.chunk(bytes, at);
    int count = end - from;
    if (count <= 18) {
      long value = 0;
      int i = bytes[from] == '-' ? from + 1 : from;
      while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
        value = value * 10 + bytes[i++] - '0';
      }
      if (i == end) {
        return OptionalLong.of(bytes[from] == '-' ? -value : value);
      }
    }
    return wholeLong(new BigDecimal(chunk()));
  }

  private static OptionalLong wholeLong(BigDecimal value) {
    // Checked by size first, so that 1e10000 is never spelled out.
    if (value.precision() - value.scale() > 19 || value.stripTrailingZeros().scale() > 0) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(value.longValueExact());
    } catch (ArithmeticException tooLarge) {
      return OptionalLong.empty();
    }
  }

  /** A number as the nearest double; empty for other kinds. */
  public OptionalDouble asDouble() {
    return bytes[at] == JsonBinary.NUMBER
        ? OptionalDouble.of(Double.parseDouble(chunk()))
        : OptionalDouble.empty();
  }

  /** A number, exact; empty for other kinds. */
  public Optional<BigDecimal> asDecimal() {
    return bytes[at] == JsonBinary.NUMBER ? Optional.of(new BigDecimal(chunk())) : Optional.empty();
  }

  /** The object without these members; other kinds as they are. */
  public Json without(Set<String> names) {
    if (bytes[at] != JsonBinary.OBJECT || names.isEmpty()) {
      return this;
    }
    Map<String, Json> kept = members();
    kept.keySet().removeAll(names);
    return object(kept);
  }

  /** Compact JSON text. */
  public String toText() {
    ByteBuilder text = new ByteBuilder(end - at + 16);
    JsonText.append(bytes, at, text);
    return new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
  }

  /** A copy of the binary form. */
  public byte[] binary() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  /** Appends the binary form. */
  public void appendTo(ByteBuilder to) {
    to.append(bytes, at, end - at);
  }

  private Json part(int from) {
    return new Json(bytes, from, JsonBinary.end(bytes, from));
  }

  private String chunk() {
    int from = JsonBinary.chunk(bytes, at);
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Json that)) {
      return false;
    }
    if (Arrays.equals(bytes, at, end, that.bytes, that.at, that.end)) {
      return true;
    }
    if (kind() != that.kind()) {
      return false;
    }
    return switch (kind()) {
      case NULL, BOOLEAN, TEXT -> false;
      case NUMBER -> new BigDecimal(chunk()).compareTo(new BigDecimal(that.chunk())) == 0;
      case LIST -> elements().equals(that.elements());
      case OBJECT -> members().equals(that.members());
    };
  }

  @Override
  public int hashCode() {
    return switch (kind()) {
      case NULL -> 0;
      case BOOLEAN -> bytes[at];
      case TEXT -> chunk().hashCode();
      case NUMBER -> new BigDecimal(chunk()).stripTrailingZeros().hashCode();
      case LIST -> elements().hashCode();
      case OBJECT -> members().hashCode();
    };
  }

  @Override
  public String toString() {
    return toText();
  }
}
