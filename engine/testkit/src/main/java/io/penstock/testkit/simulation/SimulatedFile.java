package io.penstock.testkit.simulation;

import java.util.Arrays;
import java.util.Random;

/** One file's bytes: those that are seen, and those that would be there if the power went now. */
final class SimulatedFile implements SimulatedNode {
  /** A disk writes so many bytes at once; small, as the files of a simulation are. */
  static final int SECTOR = 32;

  private static final byte[] NOTHING = {};

  private final long number;
  private byte[] seen = NOTHING;
  private int length;
  private byte[] durable = NOTHING;
  private boolean dirty;
  // The bytes before this were given up by a force that failed: no later one writes them.
  private int dropped;
  private long changedMicros;
  private long changes;

  SimulatedFile(long number) {
    this.number = number;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long changes() {
    return changes;
  }

  long changedMicros() {
    return changedMicros;
  }

  int length() {
    return length;
  }

  void write(byte[] bytes, int offset, int count, long micros) {
    if (length + count > seen.length) {
      seen = Arrays.copyOf(seen, Math.max(length + count, Math.max(64, seen.length * 2)));
    }
    System.arraycopy(bytes, offset, seen, length, count);
    length += count;
    changes++;
    dirty = true;
    changedMicros = micros;
  }

  void cut(long to, long micros) {
    if (to < length) {
      length = (int) to;
      changes++;
      dropped = Math.min(dropped, length);
      dirty = true;
      changedMicros = micros;
    }
  }

  int read(long position, byte[] into, int offset, int count) {
    if (position >= length) {
      return -1;
    }
    int taken = (int) Math.min(count, length - position);
    System.arraycopy(seen, (int) position, into, offset, taken);
    return taken;
  }

  byte[] bytes() {
    return Arrays.copyOf(seen, length);
  }

  void flip(int bit) {
    if (length > 0) {
      int at = Math.floorMod(bit, length * 8);
      seen[at / 8] ^= (byte) (1 << (at % 8));
      durable = bytes();
      changes++;
    }
  }

  void force() {
    if (!dirty) {
      return;
    }
    byte[] written = bytes();
    for (int i = 0; i < Math.min(dropped, written.length); i++) {
      written[i] = i < durable.length ? durable[i] : 0;
    }
    durable = written;
    dirty = false;
  }

  /** The bytes on their way are lost, though they are seen as long as the power is on. */
  void forceFailed() {
    int same = common();
    if (dirty && length > same) {
      // Only what changed is lost, but a later force writes from the first change on.
      dropped = length;
    }
    dirty = false;
  }

  private int common() {
    int same = 0;
    int most = Math.min(length, durable.length);
    while (same < most && seen[same] == durable[same]) {
      same++;
    }
    return same;
  }

  /** The power is gone and back. */
  void lose(Random chance) {
    if (dirty) {
      durable = image(chance);
    }
    changes++;
    seen = durable.clone();
    length = seen.length;
    dirty = false;
    dropped = 0;
  }

  /** Old, whole, cut off somewhere in the new bytes, or with sectors that were not written. */
  private byte[] image(Random chance) {
    byte[] whole = bytes();
    for (int i = 0; i < Math.min(dropped, whole.length); i++) {
      whole[i] = i < durable.length ? durable[i] : 0;
    }
    switch (chance.nextInt(4)) {
      case 0:
        return durable;
      case 1:
        return whole;
      case 2:
        int same = common();
        return Arrays.copyOf(whole, same + chance.nextInt(whole.length - same + 1));
      default:
        return sectors(whole, chance);
    }
  }

  private byte[] sectors(byte[] whole, Random chance) {
    byte[] image = whole.clone();
    for (int from = 0; from < image.length; from += SECTOR) {
      if (chance.nextBoolean()) {
        for (int i = from; i < Math.min(image.length, from + SECTOR); i++) {
          image[i] = i < durable.length ? durable[i] : 0;
        }
      }
    }
    return image;
  }
}
