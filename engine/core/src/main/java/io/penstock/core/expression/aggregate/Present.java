package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which groups have a value. */
final class Present {
  private long[] words = new long[1];

  void set(int group) {
    int word = group >>> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
    }
    words[word] |= 1L << group;
  }

  boolean has(int group) {
    int word = group >>> 6;
    return word < words.length && (words[word] >>> group & 1) != 0;
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return 8L * words.length;
  }

  /** The validity of a column with a row for each group. */
  long @Nullable [] validity(int count) {
    int needed = Validity.words(count);
    long[] validity = Arrays.copyOf(words, needed);
    for (int group = 0; group < count; group++) {
      if ((validity[group >>> 6] >>> group & 1) == 0) {
        return validity;
      }
    }
    return null;
  }
}
