package io.penstock.core.expression.script;

import org.jspecify.annotations.Nullable;

/** The local variables of one call, over those of the function in which it was written. */
final class Variables {
  private final @Nullable Object[] values;
  private final @Nullable Variables outer;

  Variables(int count, @Nullable Variables outer) {
    this.values = new Object[count];
    this.outer = outer;
  }

  @Nullable Object get(int hops, int slot) {
    return up(hops).values[slot];
  }

  void set(int hops, int slot, @Nullable Object value) {
    up(hops).values[slot] = value;
  }

  private Variables up(int hops) {
    Variables at = this;
    for (int i = 0; i < hops && at.outer != null; i++) {
      at = at.outer;
    }
    return at;
  }
}
