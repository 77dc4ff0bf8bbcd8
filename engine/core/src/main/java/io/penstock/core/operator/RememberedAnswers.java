package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers by key for as long as they are good, at most 100,000 and about 64 MiB of them; the oldest
 * go first. Single-threaded.
 */
public final class RememberedAnswers {
  private static final int MOST = 100_000;
  private static final long MOST_BYTES = 64L << 20;
  private static final int OF_ENTRY = 160;

  private final List<DataType> types;
  private final long goodNanos;
  private final KeyEncoder encoder = new KeyEncoder();
  // In the order in which they were given, which is that in which they go.
  private final Map<ByteBuffer, Entry> byKey = new LinkedHashMap<>();
  private long bytes;

  private record Entry(Answer answer, long nanos, long bytes) {}

  /**
   * Nothing yet.
   *
   * @param types of the parts of keys
   * @param goodNanos how long an answer is good
   */
  public RememberedAnswers(List<DataType> types, long goodNanos) {
    this.types = List.copyOf(types);
    this.goodNanos = goodNanos;
  }

  /** The answer for a key that is good now. */
  public Optional<Answer> find(Column[] keys, int row, long nowNanos) {
    Entry entry = byKey.get(key(keys, row));
    return entry == null || nowNanos - entry.nanos() >= goodNanos
        ? Optional.empty()
        : Optional.of(entry.answer());
  }

  /** Remembers an answer that has come now; one that has failed is asked for again. */
  public void add(Column[] keys, int row, Answer answer, long nowNanos) {
    if (answer instanceof Answer.Failed) {
      return;
    }
    ByteBuffer key = key(keys, row);
    forget(byKey.remove(key));
    Entry entry = new Entry(answer, nowNanos, OF_ENTRY + key.capacity() + bytes(answer));
    byKey.put(key, entry);
    bytes += entry.bytes();
    Iterator<Entry> oldest = byKey.values().iterator();
    while (oldest.hasNext()) {
      Entry first = oldest.next();
      boolean full = byKey.size() > MOST || bytes > MOST_BYTES;
      if (!full && nowNanos - first.nanos() < goodNanos) {
        return;
      }
      oldest.remove();
      forget(first);
    }
  }

  /** How many there are. */
  int size() {
    return byKey.size();
  }

  private void forget(@Nullable Entry gone) {
    if (gone != null) {
      bytes -= gone.bytes();
    }
  }

  private static long bytes(Answer answer) {
    if (!(answer instanceof Answer.Found found)) {
      return 0;
    }
    long all = 0;
    for (Column column : found.columns()) {
      all += Columns.bytes(column) / Math.max(1, column.size());
    }
    return all;
  }

  private ByteBuffer key(Column[] keys, int row) {
    encoder.clear();
    for (int i = 0; i < keys.length; i++) {
      encoder.value(types.get(i), keys[i], row);
    }
    ByteBuilder made = encoder.bytes();
    return ByteBuffer.wrap(Arrays.copyOf(made.array(), made.length()));
  }
}
