package io.penstock.api.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Remembers which rows are null; costs nothing while none is. */
final class ValidityBuilder {
  private long[] nulls = new long[0];
  private boolean any;

  void setNull(int row) {
    int word = row >>> 6;
    if (word >= nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max(word + 1, nulls.length * 2));
    }
    nulls[word] |= 1L << row;
    any = true;
  }

  void setNulls(int from, int count) {
    if (count == 0) {
      return;
    }
    int to = from + count;
    setNull(from);
    setNull(to - 1);
    int word = from >>> 6;
    int last = (to - 1) >>> 6;
    if (word == last) {
      nulls[word] |= -1L >>> (64 - count) << from;
      return;
    }
    nulls[word] |= -1L << from;
    Arrays.fill(nulls, word + 1, last, -1L);
    nulls[last] |= -1L >>> -to;
  }

  void truncate(int rows) {
    if (!any) {
      return;
    }
    for (int word = rows >>> 6; word < nulls.length; word++) {
      nulls[word] &= word == rows >>> 6 ? (1L << rows) - 1 : 0;
    }
  }

  long @Nullable [] build(int rows) {
    if (!any) {
      return null;
    }
    long[] words = new long[Validity.words(rows)];
    boolean found = false;
    for (int i = 0; i < words.length; i++) {
      long missing = i < nulls.length ? nulls[i] : 0;
      found |= missing != 0;
      words[i] = ~missing;
    }
    Arrays.fill(nulls, 0);
    any = false;
    return found ? words : null;
  }
}
