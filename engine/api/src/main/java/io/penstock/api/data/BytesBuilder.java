package io.penstock.api.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds {@link Column.Bytes}. A value may be appended in pieces: {@link #append} any number of
 * times, then {@link #end}.
 */
public final class BytesBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private byte[] bytes = new byte[1024];
  private int[] offsets = new int[65];
  private int size;
  private int length;

  /** Appends a whole value. */
  public void add(byte[] from, int offset, int count) {
    append(from, offset, count);
    end();
  }

  /** Appends a whole value. */
  public void add(byte[] value) {
    add(value, 0, value.length);
  }

  /** Appends a text as UTF-8. */
  public void add(String text) {
    append(text);
    end();
  }

  /** Appends a piece of the value that {@link #end} will end. */
  public void append(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Appends a piece of text as UTF-8. */
  public void append(String text) {
    int count = text.length();
    room(count);
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = at;
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        append(rest, 0, rest.length);
        return;
      }
      bytes[at++] = (byte) c;
    }
    length = at;
  }

  /** Appends one byte. */
  public void append(byte value) {
    room(1);
    bytes[length++] = value;
  }

  /** Ends the value made of the pieces since the last end. */
  public void end() {
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2 + 2);
    }
    offsets[++size] = length;
  }

  private void room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    length = offsets[size];
    end();
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
    length = offsets[size];
  }

  @Override
  public Column.Bytes build() {
    Column.Bytes column =
        new Column.Bytes(
            size,
            Arrays.copyOf(bytes, offsets[size]),
            Arrays.copyOf(offsets, size + 1),
            validity.build(size));
    size = 0;
    length = 0;
    return column;
  }
}
