package io.penstock.api.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds {@link Column.Bytes}. A value may be appended in pieces: {@link #append} any number of
 * times, then {@link #end}. Whole values out of an array named by {@link #sharing} are not copied
 * as long as all values of the column come from there.
 */
public final class BytesBuilder implements ColumnBuilder {
  private static final byte[] NONE = new byte[0];

  private final ValidityBuilder validity = new ValidityBuilder();
  private byte[] bytes = new byte[1024];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  // The bytes of the builder's own, and where among them the value begins that is being made.
  private int length;
  private int begun;

  private byte[] stable = NONE;
  private boolean slices;

  /**
   * Names an array that will never change again, so that values may be slices of it; an empty one
   * names none. Only while the builder is empty.
   */
  public void sharing(byte[] array) {
    stable = array;
  }

  /** Appends a whole value. */
  public void add(byte[] from, int offset, int count) {
    if (from == stable && length == 0) {
      slices = true;
      put(offset, offset + count);
      return;
    }
    append(from, offset, count);
    end();
  }

  /** Appends so many whole values of one array, each from its start to its end. */
  public void add(byte[] from, int[] fromStarts, int[] fromEnds, int count) {
    if (from != stable || length > 0) {
      for (int i = 0; i < count; i++) {
        add(from, fromStarts[i], fromEnds[i] - fromStarts[i]);
      }
      return;
    }
    slices |= count > 0;
    if (size + count > starts.length) {
      grow(Math.max(size + count, size * 2));
    }
    System.arraycopy(fromStarts, 0, starts, size, count);
    System.arraycopy(fromEnds, 0, ends, size, count);
    size += count;
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
    put(begun, length);
    begun = length;
  }

  private void put(int from, int to) {
    if (size == starts.length) {
      grow(size * 2);
    }
    starts[size] = from;
    ends[size++] = to;
  }

  private void grow(int room) {
    starts = Arrays.copyOf(starts, room);
    ends = Arrays.copyOf(ends, room);
  }

  private void room(int count) {
    if (slices) {
      copySlices();
    }
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
    }
  }

  // A value that lies elsewhere: from here on the column has bytes of its own.
  private void copySlices() {
    slices = false;
    for (int i = 0; i < size; i++) {
      int count = ends[i] - starts[i];
      room(count);
      System.arraycopy(stable, starts[i], bytes, length, count);
      starts[i] = length;
      length += count;
      ends[i] = length;
    }
    begun = length;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    length = begun;
    end();
  }

  @Override
  public void addNulls(int count) {
    validity.setNulls(size, count);
    length = begun;
    if (size + count > starts.length) {
      grow(Math.max(size + count, size * 2));
    }
    Arrays.fill(starts, size, size + count, begun);
    Arrays.fill(ends, size, size + count, begun);
    size += count;
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
    slices &= size > 0;
    length = slices || size == 0 ? 0 : ends[size - 1];
    begun = length;
  }

  @Override
  public Column.Bytes build() {
    Column.Bytes column =
        new Column.Bytes(
            size,
            slices ? stable : Arrays.copyOf(bytes, length),
            Arrays.copyOf(starts, size),
            Arrays.copyOf(ends, size),
            validity.build(size));
    size = 0;
    length = 0;
    begun = 0;
    slices = false;
    return column;
  }
}
