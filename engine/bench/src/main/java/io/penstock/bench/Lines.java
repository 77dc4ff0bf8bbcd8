package io.penstock.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Lines in the making, as bytes. Single-threaded. */
final class Lines {
  private static final byte[] LETTERS =
      "abcdefghijklmnopqrstuvwxyz012345".getBytes(StandardCharsets.US_ASCII);
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final int MOST_DIGITS = 19;
  private static final int FLUSH = 1 << 16;

  private byte[] bytes = new byte[2 * FLUSH];
  private int length;
  private long day = Long.MIN_VALUE;
  private String date = "";

  /** Appends a text; texts over the Latin letters are dear. */
  Lines text(String piece) {
    room(3 * piece.length());
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c >= 0x80) {
        byte[] rest = piece.substring(i).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(rest, 0, bytes, length, rest.length);
        length += rest.length;
        return this;
      }
      bytes[length++] = (byte) c;
    }
    return this;
  }

  /** Appends a number that is not negative. */
  Lines number(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits(value, digits);
  }

  Lines letters(SplitMix random, int count) {
    room(count);
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = i % 12 == 0 ? random.next() : bits >>> 5;
      bytes[length++] = LETTERS[(int) (bits & 31)];
    }
    return this;
  }

  /** Appends a time as RFC 3339 writes it, with three digits of the second's fraction. */
  Lines instant(long millis) {
    long itsDay = Math.floorDiv(millis, MILLIS_OF_DAY);
    if (itsDay != day) {
      day = itsDay;
      date = LocalDate.ofEpochDay(day).toString();
    }
    long rest = Math.floorMod(millis, MILLIS_OF_DAY);
    text(date).text("T").digits(rest / 3_600_000, 2);
    text(":").digits(rest / 60_000 % 60, 2);
    text(":").digits(rest / 1000 % 60, 2);
    return text(".").digits(rest % 1000, 3).text("Z");
  }

  private Lines digits(long value, int count) {
    room(MOST_DIGITS);
    long rest = value;
    for (int at = length + count - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
    return this;
  }

  /** Ends the line. */
  Lines end() {
    return text("\n");
  }

  /** Writes the lines so far, where they are many. */
  void spill(OutputStream to) throws IOException {
    if (length >= FLUSH) {
      flush(to);
    }
  }

  /** Writes the lines so far. */
  void flush(OutputStream to) throws IOException {
    to.write(bytes, 0, length);
    length = 0;
  }

  /** The lines so far. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
