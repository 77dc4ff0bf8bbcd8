package io.penstock.core.expression.script;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What {@code for} goes over: the elements of a list, the names of a record, whole numbers. */
final class Loops {
  private Loops() {}

  /** A list is gone over as it is at the beginning, so that a loop may change it. */
  static Code over(Code code, Place place) {
    return run -> {
      Object value = code.run(run);
      if (value == null) {
        return null;
      }
      try {
        if (value instanceof List<?> list) {
          run.budget.make(8L * list.size());
          return Arrays.asList(list.toArray());
        }
        if (value instanceof Map<?, ?> map) {
          run.budget.make(8L * map.size());
          return List.copyOf(map.keySet());
        }
        throw ScriptFailure.kind(
            "`for` goes over a list or the names of a record, not " + ScriptValues.kind(value));
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  /** Both ends belong to it; nothing where the first is greater. */
  static @Nullable Object range(@Nullable Object from, @Nullable Object to, Place place) {
    if (from == null || to == null) {
      return null;
    }
    if (from instanceof Long first && to instanceof Long last) {
      return (Iterable<Long>) () -> new Numbers(first, last);
    }
    throw Arithmetic.unfit(from, "..", to).at(place);
  }

  private static final class Numbers implements Iterator<Long> {
    private final long last;
    private long next;
    private boolean more;

    Numbers(long first, long last) {
      this.next = first;
      this.last = last;
      this.more = first <= last;
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public Long next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      long number = next;
      more = number < last;
      next = more ? number + 1 : number;
      return number;
    }
  }
}
