package io.penstock.core.expression.closure;

import io.penstock.api.data.BytesBuilder;
import io.penstock.core.expression.typed.Typed;
import io.penstock.json.Json;
import io.penstock.json.JsonBinary;
import org.jspecify.annotations.Nullable;

/** Checked conversions straight from the binary form; what is rare goes the boxed way. */
final class JsonCodes {
  private static final int SHORT = 18;

  private JsonCodes() {}

  /** A json number as an int: digits only, at most 18 of them. */
  static Code.OfLong whole(Code.OfJson json, Code boxed) {
    return frame -> {
      int at = json.find(frame);
      if (at >= 0 && JsonBinary.kind(frame.json, at) == Json.Kind.NUMBER) {
        int from = JsonBinary.chunk(frame.json, at);
        int to = JsonBinary.end(frame.json, at);
        if (isShortWhole(frame.json, from, to)) {
          return whole(frame.json, from, to);
        }
      }
      Object value = boxed.value(frame);
      frame.missing = value == null;
      return value == null ? 0 : (Long) value;
    };
  }

  private static boolean isShortWhole(byte[] bytes, int from, int to) {
    int digits = bytes[from] == '-' ? from + 1 : from;
    if (to - digits > SHORT) {
      return false;
    }
    for (int i = digits; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static long whole(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return negative ? -value : value;
  }

  /** A json text as text, without a String in the middle. */
  record Text(Typed.Convert node, OfJson json, Code boxed) implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      return boxed.value(frame);
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      int at = json.find(frame);
      if (at >= 0 && JsonBinary.kind(frame.json, at) == Json.Kind.TEXT) {
        int from = JsonBinary.chunk(frame.json, at);
        to.append(frame.json, from, JsonBinary.end(frame.json, at) - from);
        return true;
      }
      Object value = boxed.value(frame);
      if (value == null) {
        return false;
      }
      to.append((String) value);
      return true;
    }
  }
}
