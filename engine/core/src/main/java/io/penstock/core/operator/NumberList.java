package io.penstock.core.operator;

import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;

/** Numbers in the order in which they came. Single-threaded. */
final class NumberList {
  private long[] numbers = new long[16];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(size, 2));
    }
    numbers[size++] = number;
  }

  void addAll(NumberList other) {
    for (int i = 0; i < other.size; i++) {
      add(other.numbers[i]);
    }
  }

  /** Adds numbers that were written. */
  void addAll(StateInput from) throws IOException {
    for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
      add(from.number());
    }
  }

  /** Writes those that are less than a bound; how many they are. */
  int write(long bound, StateOutput to) throws IOException {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += numbers[i] < bound ? 1 : 0;
    }
    to.number(count);
    for (int i = 0; i < size; i++) {
      if (numbers[i] < bound) {
        to.number(numbers[i]);
      }
    }
    return count;
  }

  int size() {
    return size;
  }

  /** How many bytes of memory they take. */
  long bytes() {
    return 8L * numbers.length;
  }

  void clear() {
    numbers = new long[16];
    size = 0;
  }
}
