package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.option.Rate;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * When the next row of each key may pass: as many at once as the rate has in its time, and after
 * that one after the other at even distances. A key that has been quiet for that time is as one
 * that was never met. Single-threaded.
 */
final class Buckets {
  private static final int FEW = 1024;

  /** Nanoseconds that a sum of fractions may be off. */
  private static final double ROUNDING = 0.5;

  private final List<DataType> types;
  private final double each;
  private final double ahead;
  private KeyIndex index;
  private double[] next = new double[16];
  private int size;
  private int tidyAt = FEW;

  Buckets(Rate rate, List<DataType> types) {
    this.types = List.copyOf(types);
    this.each = rate.per().toNanos() / (double) rate.count();
    this.ahead = rate.per().toNanos() - each + ROUNDING;
    this.index = KeyIndex.ofKeysOnly(types);
  }

  /** The numbers of the rows' keys. */
  int[] number(Column[] keys, int count) {
    int[] ids = new int[count];
    if (types.isEmpty()) {
      size = Math.max(size, 1);
      return ids;
    }
    index.number(keys, count, ids);
    size = index.size();
    if (size > next.length) {
      next = Arrays.copyOf(next, Math.max(size, next.length * 2));
    }
    return ids;
  }

  /** Whether a row of a key may pass now; then it has. */
  boolean take(int key, long now) {
    // A clock that is set back must not keep rows away for as long.
    next[key] = Math.min(next[key], now + ahead + each);
    if (now < due(key)) {
      return false;
    }
    next[key] = Math.max(next[key], now) + each;
    return true;
  }

  /** When the next row of a key may pass. */
  double due(int key) {
    return next[key] - ahead;
  }

  /** How many keys are known. */
  int size() {
    return size;
  }

  /**
   * Forgets keys that have been quiet, once they are many.
   *
   * @param wanted of each key whether it stays anyway
   * @return for each key its new number; empty where nothing was forgotten
   */
  int[] tidy(long now, java.util.function.IntPredicate wanted) {
    if (size < tidyAt) {
      return new int[0];
    }
    KeyIndex fresh = KeyIndex.ofKeysOnly(types);
    ByteBuilder key = new ByteBuilder(64);
    int[] numbers = new int[size];
    double[] kept = new double[next.length];
    for (int id = 0; id < numbers.length; id++) {
      if (next[id] > now || wanted.test(id)) {
        key.truncate(0);
        index.encode(id, key);
        numbers[id] = fresh.size();
        kept[fresh.size()] = next[id];
        fresh.add(key.array(), 0, key.length());
      }
    }
    index = fresh;
    next = kept;
    size = fresh.size();
    tidyAt = Math.max(FEW, 2 * size);
    return numbers;
  }

  /** Writes for how long each key is to wait; the clock of another process is another. */
  void write(long now, StateOutput to) throws IOException {
    to.number(size);
    ByteBuilder key = new ByteBuilder(64);
    for (int id = 0; id < size; id++) {
      key.truncate(0);
      if (!types.isEmpty()) {
        index.encode(id, key);
      }
      to.bytes(key.array(), 0, key.length());
      to.number(Math.max(0, (long) (next[id] - now)));
    }
  }

  void read(long now, StateInput from) throws IOException {
    size = from.count(Integer.MAX_VALUE);
    next = new double[Math.max(16, size)];
    for (int id = 0; id < size; id++) {
      byte[] key = from.bytes();
      if (!types.isEmpty()) {
        index.add(key, 0, key.length);
      }
      next[id] = now + (double) from.number();
    }
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return index.bytes() + 8L * next.length;
  }
}
