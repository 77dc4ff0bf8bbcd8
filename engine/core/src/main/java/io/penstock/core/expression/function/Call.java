package io.penstock.core.expression.function;

import io.penstock.api.data.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in an expression where a function is called: the types found there, and room to
 * remember what was made of an argument. One per evaluator, so single-threaded.
 */
public final class Call {
  private static final int SLOTS = 4;

  private final List<ValueType> arguments;
  private final ValueType result;
  private final @Nullable Object[] keys = new Object[SLOTS];
  private final @Nullable Object[] made = new Object[SLOTS];

  public Call(List<ValueType> arguments, ValueType result) {
    this.arguments = List.copyOf(arguments);
    this.result = result;
  }

  /** The types of the arguments after conversion; a lambda's is the type of its result. */
  public ValueType argument(int index) {
    return arguments.get(index);
  }

  /** How many arguments were written. */
  public int arguments() {
    return arguments.size();
  }

  public ValueType result() {
    return result;
  }

  /**
   * What {@code make} gives for a key, made anew only where the key is not the one of last time: a
   * compiled pattern, a formatter. Slots 0 to 3 are independent of each other.
   */
  @SuppressWarnings("unchecked")
  public <K, V> V remember(int slot, K key, java.util.function.Function<K, V> make) {
    Object held = made[slot];
    if (held != null && key.equals(keys[slot])) {
      return (V) held;
    }
    V value = make.apply(key);
    keys[slot] = key;
    made[slot] = value;
    return value;
  }
}
