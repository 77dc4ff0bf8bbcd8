package io.penstock.connectors.avro;

import io.penstock.api.problem.ProblemCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in bytes of Avro's binary form. No length is believed before the bytes are there. Keeps
 * what is wrong with values that could be read and do not fit, so that the record's end is found.
 * Single-threaded.
 */
final class Cursor {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_DEPTH = 100;
  private static final int LONG_BYTES = 10;

  // Elements without bytes, such as nulls, could be any number.
  private static final long MOST_EMPTY = 1 << 20;

  private byte[] bytes = new byte[0];
  private int start;
  private int at;
  private int end;
  private int depth;
  private long empty;
  private @Nullable BadDatum misfit;

  void reset(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    start = from;
    at = from;
    end = to;
    begin();
  }

  /** A record begins here. */
  void begin() {
    start = at;
    depth = 0;
    empty = 0;
    misfit = null;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  /** Notes that a value of the record does not fit; the first counts. */
  void misfit(ProblemCode code, String text) {
    if (misfit == null) {
      misfit = new BadDatum(code, text);
    }
  }

  /** What does not fit in the record. */
  Optional<BadDatum> misfit() {
    return Optional.ofNullable(misfit);
  }

  boolean readBoolean() {
    need(1, "a boolean");
    byte value = bytes[at++];
    if (value != 0 && value != 1) {
      throw broken("a boolean is " + (value & 0xff) + ", not 0 or 1");
    }
    return value == 1;
  }

  int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw broken("an int is " + value + ", which has more than 32 bits");
    }
    return (int) value;
  }

  long readLong() {
    long value = 0;
    for (int i = 0; i < LONG_BYTES; i++) {
      need(1, "a number");
      byte b = bytes[at++];
      value |= (b & 0x7fL) << 7 * i;
      if (b >= 0) {
        if (i == LONG_BYTES - 1 && b > 1) {
          break;
        }
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw broken("a number has more than 64 bits");
  }

  float readFloat() {
    need(Float.BYTES, "a float");
    int bits = (int) INTS.get(bytes, at);
    at += Float.BYTES;
    return Float.intBitsToFloat(bits);
  }

  double readDouble() {
    need(Double.BYTES, "a double");
    long bits = (long) LONGS.get(bytes, at);
    at += Double.BYTES;
    return Double.longBitsToDouble(bits);
  }

  /** Passes over so many bytes and says where they begin. */
  int take(int count) {
    need(count, "a value of " + count + " bytes");
    at += count;
    return at - count;
  }

  /** The length of a text or of bytes that follow. */
  int readLength() {
    long length = readLong();
    if (length < 0) {
      throw broken("a length is " + length);
    }
    if (length > left()) {
      throw BadDatum.cutOff("a value of " + length + " bytes is cut off" + place());
    }
    return (int) length;
  }

  /** The index of a branch or a symbol. */
  int readIndex(int count, String what) {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw broken(what + " " + index + " is named, and there are " + count);
    }
    return (int) index;
  }

  /** How many elements of a list or a map follow; 0 for no more. */
  long readCount() {
    long count = readLong();
    if (count < 0) {
      if (count == Long.MIN_VALUE) {
        throw broken("a list has no end");
      }
      count = -count;
      long unusedSize = readLong();
    }
    if (count > left()) {
      empty += count;
      if (empty > MOST_EMPTY || empty < 0) {
        throw new BadDatum(
            ProblemCode.D107, "a list says that it has " + count + " elements" + place());
      }
    }
    return count;
  }

  /** A record inside another begins. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new BadDatum(ProblemCode.D107, "its records are nested deeper than " + MAX_DEPTH);
    }
  }

  /** A record inside another ends. */
  void leave() {
    depth--;
  }

  BadDatum broken(String what) {
    return new BadDatum(ProblemCode.D101, what + place());
  }

  private String place() {
    return ", at byte " + (at - start) + " of the record";
  }

  private void need(int count, String what) {
    if (end - at < count) {
      throw BadDatum.cutOff(what + " is cut off" + place());
    }
  }
}
