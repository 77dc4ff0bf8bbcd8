package io.penstock.core.state;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts entries by their keys, in runs where they are more than fit into its buffer. Equal keys
 * stay in the order in which they were added. Single-threaded.
 */
public final class EntrySorter implements AutoCloseable {
  /** What an entry takes beside its bytes: offset, lengths, a place in the order. */
  private static final int BESIDE = 24;

  private static final int MOST_BUFFER = 1 << 30;

  private final SortedRuns runs;
  private final int most;
  private byte[] bytes = new byte[1 << 16];
  private int[] offsets = new int[1024];
  private int[] keyLengths = new int[1024];
  private int size;

  /**
   * A sorter.
   *
   * @param most how many bytes its buffer takes
   */
  public EntrySorter(SpillFolder spill, long most) {
    this.runs = new SortedRuns(spill);
    this.most = (int) Math.min(MOST_BUFFER, most);
  }

  public void add(byte[] key, int keyLength, byte[] value, int valueLength) throws IOException {
    int needed = Math.addExact(keyLength, valueLength);
    if (size > 0 && (long) offsets[size] + needed + (long) BESIDE * size > most) {
      runs.add(buffered());
      size = 0;
    }
    int at = offsets[size];
    if ((long) at + needed > bytes.length) {
      long grown = Math.max((long) at + needed, Math.min(most, bytes.length * 2L));
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, grown));
    }
    System.arraycopy(key, 0, bytes, at, keyLength);
    System.arraycopy(value, 0, bytes, at + keyLength, valueLength);
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2 + 2);
      keyLengths = Arrays.copyOf(keyLengths, size * 2 + 2);
    }
    keyLengths[size] = keyLength;
    offsets[++size] = at + needed;
  }

  /** All entries in order; nothing is added any more. Closing them closes the sorter too. */
  public Entries sorted() throws IOException {
    Entries all = runs.entries(List.of(), List.of(buffered()));
    return new Closing(all, this);
  }

  private Entries buffered() {
    return new Buffered(bytes, offsets, keyLengths, order());
  }

  /** The entries in order, by a merge sort. */
  private int[] order() {
    long[] heads = new long[size];
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
      heads[i] = head(i);
    }
    sort(order, order.clone(), heads, 0, size);
    return order;
  }

  private long head(int entry) {
    long head = 0;
    int at = offsets[entry];
    for (int i = 0; i < Math.min(Long.BYTES, keyLengths[entry]); i++) {
      head |= (bytes[at + i] & 0xffL) << 56 - 8 * i;
    }
    return head ^ Long.MIN_VALUE;
  }

  private void sort(int[] into, int[] from, long[] heads, int start, int end) {
    if (end - start < 2) {
      return;
    }
    int middle = start + end >>> 1;
    sort(from, into, heads, start, middle);
    sort(from, into, heads, middle, end);
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          right >= end || left < middle && compare(from[left], from[right], heads) <= 0;
      into[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private int compare(int a, int b, long[] heads) {
    if (heads[a] != heads[b]) {
      return heads[a] < heads[b] ? -1 : 1;
    }
    return Arrays.compareUnsigned(
        bytes,
        offsets[a],
        offsets[a] + keyLengths[a],
        bytes,
        offsets[b],
        offsets[b] + keyLengths[b]);
  }

  @Override
  public void close() throws IOException {
    runs.close();
    size = 0;
  }

  /** The entries of the buffer. */
  private static final class Buffered implements Entries {
    private final byte[] bytes;
    private final int[] offsets;
    private final int[] keyLengths;
    private final int[] order;
    private byte[] key = new byte[64];
    private byte[] value = new byte[64];
    private int keyLength;
    private int valueLength;
    private int next;

    Buffered(byte[] bytes, int[] offsets, int[] keyLengths, int[] order) {
      this.bytes = bytes;
      this.offsets = offsets;
      this.keyLengths = keyLengths;
      this.order = order;
    }

    @Override
    public boolean next() {
      if (next == order.length) {
        return false;
      }
      int entry = order[next++];
      keyLength = keyLengths[entry];
      valueLength = offsets[entry + 1] - offsets[entry] - keyLength;
      key = copied(key, offsets[entry], keyLength);
      value = copied(value, offsets[entry] + keyLength, valueLength);
      return true;
    }

    private byte[] copied(byte[] into, int from, int count) {
      byte[] to = into.length < count ? new byte[Math.max(count, into.length * 2)] : into;
      System.arraycopy(bytes, from, to, 0, count);
      return to;
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public int keyLength() {
      return keyLength;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public int valueLength() {
      return valueLength;
    }

    @Override
    public void close() {}
  }

  /** Entries with what is closed after them. */
  private record Closing(Entries from, EntrySorter after) implements PassedEntries {
    @Override
    public boolean next() throws IOException {
      return from.next();
    }

    @Override
    public void close() throws IOException {
      try (after) {
        from.close();
      }
    }
  }
}
