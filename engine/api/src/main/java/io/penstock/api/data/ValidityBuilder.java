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
