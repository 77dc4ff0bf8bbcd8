package io.penstock.core.expression.aggregate;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * About how many different hashes were added. A few are kept as they are and counted exactly, more
 * by UltraLogLog; which of the two depends on nothing but the set of hashes, so that results do not
 * depend on how rows were cut into blocks.
 */
final class DistinctSketch {
  private static final int LOG_REGISTERS = 12;
  private static final int FEW = 32;
  private static final int MANY = -1;

  /** The objects that a sketch is made of, beside its hashes or registers. */
  private static final int OBJECTS = 80;

  private long[] few = new long[4];
  private int count;
  private @Nullable UltraLogLog registers;

  void add(long hash) {
    if (registers != null) {
      registers.add(hash);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (few[i] == hash) {
        return;
      }
    }
    if (count == FEW) {
      spread().add(hash);
      return;
    }
    if (count == few.length) {
      few = Arrays.copyOf(few, count * 2);
    }
    few[count++] = hash;
  }

  private UltraLogLog spread() {
    UltraLogLog made = UltraLogLog.create(LOG_REGISTERS);
    for (int i = 0; i < count; i++) {
      made.add(few[i]);
    }
    count = 0;
    few = new long[0];
    registers = made;
    return made;
  }

  /** Adds all that another one was given; that one stays as it is. */
  void join(DistinctSketch other) {
    UltraLogLog theirs = other.registers;
    if (theirs == null) {
      for (int i = 0; i < other.count; i++) {
        add(other.few[i]);
      }
      return;
    }
    UltraLogLog own = registers;
    (own == null ? spread() : own).add(theirs);
  }

  long estimate() {
    UltraLogLog many = registers;
    return many == null ? count : Math.round(many.getDistinctCountEstimate());
  }

  long bytes() {
    return OBJECTS + (registers == null ? 8L * few.length : 1L << LOG_REGISTERS);
  }

  void write(StateOutput to) throws IOException {
    UltraLogLog many = registers;
    if (many != null) {
      to.number(MANY);
      byte[] state = many.getState();
      to.bytes(state, 0, state.length);
      return;
    }
    to.number(count);
    to.longs(few, count);
  }

  /** What was written, by this version or an earlier one. */
  static DistinctSketch read(StateInput from) throws IOException {
    DistinctSketch sketch = new DistinctSketch();
    long count = from.number();
    if (count == MANY) {
      byte[] state = from.bytes();
      if (state.length != 1 << LOG_REGISTERS) {
        throw new io.penstock.core.state.DamagedException(
            "a sketch has " + state.length + " bytes");
      }
      sketch.registers = UltraLogLog.wrap(state);
      return sketch;
    }
    if (count < 0 || count > FEW) {
      throw new io.penstock.core.state.DamagedException("a sketch has " + count + " hashes");
    }
    for (long hash : from.longs((int) count)) {
      sketch.add(hash);
    }
    return sketch;
  }
}
