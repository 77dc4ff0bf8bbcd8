package io.penstock.core.state;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The entries of several runs as one, by a heap; of equal keys those of earlier runs come first.
 */
final class MergedEntries implements Entries {
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final List<Entries> all;
  private final Entries[] heap;
  private final int[] places;
  private final long[] heads;
  private int size;
  private boolean begun;

  MergedEntries(List<Entries> runs) {
    this.all = List.copyOf(runs);
    this.heap = new Entries[all.size()];
    this.places = new int[heap.length];
    this.heads = new long[heap.length];
  }

  @Override
  public boolean next() throws IOException {
    if (!begun) {
      begin();
    } else if (size > 0) {
      if (heap[0].next()) {
        heads[0] = head(heap[0]);
      } else {
        size--;
        move(size, 0);
      }
      sink(0);
    }
    return size > 0;
  }

  private void begin() throws IOException {
    begun = true;
    for (int i = 0; i < heap.length; i++) {
      Entries run = all.get(i);
      if (run.next()) {
        heap[size] = run;
        places[size] = i;
        heads[size++] = head(run);
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** The first eight bytes of a key as a number of the same order. */
  private static long head(Entries run) {
    byte[] key = run.key();
    int length = run.keyLength();
    if (length >= Long.BYTES) {
      return (long) BIG.get(key, 0) ^ Long.MIN_VALUE;
    }
    long head = 0;
    for (int i = 0; i < length; i++) {
      head |= (key[i] & 0xffL) << 56 - 8 * i;
    }
    return head ^ Long.MIN_VALUE;
  }

  private void sink(int from) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      if (!before(child, at)) {
        return;
      }
      Entries run = heap[at];
      int place = places[at];
      long head = heads[at];
      move(child, at);
      heap[child] = run;
      places[child] = place;
      heads[child] = head;
      at = child;
    }
  }

  private void move(int from, int to) {
    heap[to] = heap[from];
    places[to] = places[from];
    heads[to] = heads[from];
  }

  private boolean before(int a, int b) {
    if (heads[a] != heads[b]) {
      return heads[a] < heads[b];
    }
    Entries left = heap[a];
    Entries right = heap[b];
    int order =
        Arrays.compareUnsigned(left.key(), 0, left.keyLength(), right.key(), 0, right.keyLength());
    return order < 0 || order == 0 && places[a] < places[b];
  }

  @Override
  public byte[] key() {
    return heap[0].key();
  }

  @Override
  public int keyLength() {
    return heap[0].keyLength();
  }

  @Override
  public byte[] value() {
    return heap[0].value();
  }

  @Override
  public int valueLength() {
    return heap[0].valueLength();
  }

  @Override
  public void close() throws IOException {
    closeAll(all);
  }

  static void closeAll(List<? extends Entries> entries) throws IOException {
    IOException first = null;
    for (Entries one : entries) {
      try {
        one.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
