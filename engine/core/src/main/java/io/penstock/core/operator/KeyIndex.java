package io.penstock.core.operator;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.json.ByteBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers keys from 0 in the order in which they are first met, by open addressing. One key of text
 * and one of whole numbers are looked up where they lie; others are encoded. Null is a key like any
 * other. Finding does not change it, so that a finished index may be read by several threads, each
 * through {@link #reader}.
 */
public final class KeyIndex {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int WORD = 8;

  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_KEYS = 1 << 28;

  private final List<DataType> types;
  private final KeyKind kind;
  private final KeyEncoder encoder = new KeyEncoder();
  private final ColumnBuilder[] values;
  private int[] slots = new int[256];
  private int[] hashes = new int[256];

  // The keys that are numbers; of texts and encoded keys the first and the last eight bytes, in
  // turn.
  private long[] numbers = new long[64];
  private int[] offsets = new int[65];
  private byte[] bytes = new byte[1024];
  private Column @Nullable [] built;
  private int nullId = -1;
  private int size;

  public KeyIndex(List<DataType> types) {
    this(types, KeyKind.of(types) == KeyKind.ENCODED ? types.size() : 0);
  }

  private KeyIndex(List<DataType> types, int separate) {
    this.types = List.copyOf(types);
    this.kind = KeyKind.of(types);
    this.values = new ColumnBuilder[separate];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnBuilder.of(types.get(i));
    }
  }

  /** An index that is never asked for its {@link #keys}. */
  static KeyIndex ofKeysOnly(List<DataType> types) {
    return new KeyIndex(types, 0);
  }

  private KeyIndex(KeyIndex shared) {
    types = shared.types;
    kind = shared.kind;
    values = new ColumnBuilder[0];
    slots = shared.slots;
    hashes = shared.hashes;
    numbers = shared.numbers;
    offsets = shared.offsets;
    bytes = shared.bytes;
    nullId = shared.nullId;
    size = shared.size;
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** About how many bytes of memory the keys take. */
  public long bytes() {
    // The values of encoded keys are about as large as their encoding.
    long encoded = values.length == 0 ? bytes.length : 2L * bytes.length;
    return 8L * slots.length + 8L * numbers.length + 4L * offsets.length + encoded;
  }

  /** Whether few more keys fit, however much memory there is. */
  boolean isNearlyFull() {
    return offsets[Math.min(size, offsets.length - 1)] > MOST_BYTES || size > MOST_KEYS;
  }

  /**
   * Whether the values of a key follow from its bytes. Otherwise {@link #keys} has them, and equal
   * keys may differ in it.
   */
  boolean isPlain() {
    return kind != KeyKind.ENCODED;
  }

  /** Appends the bytes of a key: the same for equal keys, others for others. */
  void encode(int id, ByteBuilder to) {
    if (kind == KeyKind.ENCODED) {
      to.append(bytes, offsets[id], offsets[id + 1] - offsets[id]);
    } else if (id == nullId) {
      to.append(0);
    } else if (kind == KeyKind.TEXT) {
      to.append(1);
      to.append(bytes, offsets[id], offsets[id + 1] - offsets[id]);
    } else {
      to.append(1);
      for (int shift = 56; shift >= 0; shift -= 8) {
        to.append((int) (numbers[id] >>> shift) & 0xff);
      }
    }
  }

  /** Numbers the key of these bytes, made by {@link #encode}, in an index of keys only. */
  void add(byte[] key, int from, int to) {
    int unused = number(key, from, to, true);
  }

  /**
   * The number of the key of these bytes, made by {@link #encode}, in an index of keys only.
   *
   * @param add whether one that was not met before gets the next number; otherwise it has -1
   */
  int number(byte[] key, int from, int to, boolean add) {
    if (kind == KeyKind.ENCODED) {
      return text(key, from, to, add);
    }
    if (key[from] == 0) {
      return nullKey(add);
    }
    if (kind == KeyKind.TEXT) {
      return text(key, from + 1, to, add);
    }
    LongsBuilder one = new LongsBuilder();
    decode(key, from, to, one);
    int[] number = new int[1];
    longs(one.build(), 1, number, add);
    return number[0];
  }

  /** Appends to a builder the value of a plain key of these bytes. */
  static void decode(byte[] key, int from, int to, ColumnBuilder into) {
    if (key[from] == 0) {
      into.addNull();
    } else if (into instanceof BytesBuilder texts) {
      texts.append(key, from + 1, to - from - 1);
      texts.end();
    } else {
      long value = 0;
      for (int i = from + 1; i < to; i++) {
        value = value << 8 | key[i] & 0xff;
      }
      ((LongsBuilder) into).add(value);
    }
  }

  /** A view for finding only, for one thread; this index must not change any more. */
  public KeyIndex reader() {
    return new KeyIndex(this);
  }

  /** The number of each row's key; keys not met before get the next one. */
  public void number(Column[] keys, int count, int[] ids) {
    each(keys, count, ids, true);
  }

  /** The number of each row's key, or -1. */
  public void find(Column[] keys, int count, int[] ids) {
    each(keys, count, ids, false);
  }

  private void each(Column[] keys, int count, int[] ids, boolean add) {
    switch (kind) {
      case LONG -> longs((Column.Longs) keys[0], count, ids, add);
      case TEXT -> texts((Column.Bytes) keys[0], count, ids, add);
      case ENCODED -> encoded(keys, count, ids, add);
    }
  }

  private void longs(Column.Longs column, int count, int[] ids, boolean add) {
    long[] own = column.values();
    boolean nulls = column.validity() != null;
    for (int row = 0; row < count; row++) {
      if (nulls && column.isNull(row)) {
        ids[row] = nullKey(add);
        continue;
      }
      long key = own[row];
      int hash = fold(key * MIX);
      int slot = hash & slots.length - 1;
      int id;
      while ((id = slots[slot]) != 0 && numbers[id - 1] != key) {
        slot = slot + 1 & slots.length - 1;
      }
      ids[row] = id == 0 && add ? addLong(key, hash, slot) : id - 1;
    }
  }

  private int addLong(long key, int hash, int slot) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size] = key;
    return added(hash, slot);
  }

  private void texts(Column.Bytes column, int count, int[] ids, boolean add) {
    int[] starts = column.starts();
    int[] ends = column.ends();
    boolean nulls = column.validity() != null;
    for (int row = 0; row < count; row++) {
      ids[row] =
          nulls && column.isNull(row)
              ? nullKey(add)
              : text(column.bytes(), starts[row], ends[row], add);
    }
  }

  /**
   * Most texts have at most sixteen bytes: their first and last eight and the length say which key
   * it is, taken without a branch for each length. 11 ns a row on bench/GroupingBench TEXTS_413.
   */
  private int text(byte[] from, int start, int end, boolean add) {
    int length = end - start;
    long head;
    long tail;
    if (length > 0 && start + WORD <= from.length) {
      long mask = -1L >>> WORD * (WORD - Math.min(length, WORD));
      head = (long) LONGS.get(from, start) & mask;
      tail = (long) LONGS.get(from, start + Math.max(length - WORD, 0)) & mask;
    } else {
      head = TextHash.head(from, start, length);
      tail = head;
    }
    int hash = TextHash.of(from, start, length, head, tail);
    int mask = slots.length - 1;
    int slot = hash & mask;
    int id;
    while ((id = slots[slot]) != 0) {
      int key = id - 1;
      boolean same =
          numbers[2 * key] == head
              && numbers[2 * key + 1] == tail
              && offsets[id] - offsets[key] == length;
      if (same
          && (length <= 2 * WORD
              || TextHash.sameWithin(bytes, offsets[key], from, start, length))) {
        return key;
      }
      slot = slot + 1 & mask;
    }
    if (!add) {
      return -1;
    }
    storeBytes(from, start, end, head, tail);
    return added(hash, slot);
  }

  private void storeBytes(byte[] from, int start, int end, long head, long tail) {
    if (2 * size == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(size, 4));
    }
    numbers[2 * size] = head;
    numbers[2 * size + 1] = tail;
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2 + 2);
    }
    int at = offsets[size];
    int needed = Math.addExact(at, end - start);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
    }
    System.arraycopy(from, start, bytes, at, end - start);
    offsets[size + 1] = needed;
  }

  private void encoded(Column[] keys, int count, int[] ids, boolean add) {
    for (int row = 0; row < count; row++) {
      encoder.clear();
      for (int i = 0; i < keys.length; i++) {
        encoder.value(types.get(i), keys[i], row);
      }
      ByteBuilder key = encoder.bytes();
      int before = size;
      ids[row] = text(key.array(), 0, key.length(), add);
      if (size > before) {
        if (built != null) {
          refill();
        }
        for (int i = 0; i < values.length; i++) {
          Columns.append(values[i], keys[i], row);
        }
      }
    }
  }

  private int nullKey(boolean add) {
    if (nullId < 0 && add) {
      nullId = size;
      if (kind == KeyKind.TEXT) {
        storeBytes(bytes, 0, 0, 0, 0);
      } else if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      size++;
    }
    return nullId;
  }

  private int added(int hash, int slot) {
    slots[slot] = ++size;
    hashes[slot] = hash;
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    slots = new int[Math.multiplyExact(oldSlots.length, 4)];
    hashes = new int[slots.length];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        int slot = oldHashes[i] & slots.length - 1;
        while (slots[slot] != 0) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = oldSlots[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  /** The keys in the order of their numbers, one column for each part. */
  public Column[] keys() {
    refill();
    long[] validity = nullId < 0 ? null : new long[io.penstock.api.data.Validity.words(size)];
    if (validity != null) {
      Arrays.fill(validity, -1L);
      validity[nullId >>> 6] &= ~(1L << nullId);
    }
    return switch (kind) {
      case LONG -> new Column[] {new Column.Longs(size, Arrays.copyOf(numbers, size), validity)};
      case TEXT ->
          new Column[] {
            Column.Bytes.inARow(
                size,
                Arrays.copyOf(bytes, offsets[size]),
                Arrays.copyOf(offsets, size + 1),
                validity)
          };
      case ENCODED -> built();
    };
  }

  private Column[] built() {
    Column[] columns = new Column[values.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = values[i].build();
    }
    built = columns;
    return columns;
  }

  /** Goes on after {@link #keys} had taken the values. */
  private void refill() {
    Column[] columns = built;
    built = null;
    if (columns != null) {
      for (int i = 0; i < columns.length; i++) {
        for (int row = 0; row < columns[i].size(); row++) {
          Columns.append(values[i], columns[i], row);
        }
      }
    }
  }

  private static int fold(long hash) {
    return (int) (hash ^ hash >>> 32) ^ (int) (hash >>> 47);
  }
}
